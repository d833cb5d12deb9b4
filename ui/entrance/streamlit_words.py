"""Words that Streamlit's own parts show in English whatever the language, and what they are called here: ui/static/page.js puts the latter in their place.

What is written as ``{name}`` stands for any text. Only what our pages can lead to is here.
"""

from ui.i18n import mark, translate

__all__ = ["WORDS", "chinese"]

WORDS = (
    # lists and fields
    mark("Choose an option"),
    mark("No results"),
    mark("Open"),
    mark("Dismiss"),
    mark("{count} option available."),
    mark("{count} options available."),
    mark("Clear value"),
    mark("Press Enter to apply"),
    mark("Press {keys} to apply"),
    mark("Press Enter to submit form"),
    # the uploader
    mark("Drag and drop a file here"),
    mark("Remove {name}"),
    mark("file upload"),
    # tables
    mark("Search"),
    mark("Search: {table}"),
    mark("Close Search"),
    mark("Previous Result"),
    mark("Next Result"),
    mark("Type to search"),
    mark("Show/hide columns"),
    mark("Show/hide columns: {table}"),
    mark("Clear selection"),
    mark("Clear selection: {table}"),
    mark("Fullscreen"),
    mark("Fullscreen: {table}"),
    mark("Close fullscreen"),
    mark("Close fullscreen: {table}"),
    mark("Sort ascending"),
    mark("Sort descending"),
    mark("Format"),
    mark("Autosize"),
    mark("Pin column"),
    mark("Unpin column"),
    mark("Hide column"),
    mark("Copy column name"),
    mark("Dataframe column menu"),
    mark("Statistics"),
    mark("Select all"),
    mark("(index)"),
    mark("text"),
    mark("number"),
    mark("Automatic"),
    mark("Localized"),
    mark("Plain"),
    mark("Compact"),
    mark("Dollar"),
    mark("Euro"),
    mark("Yen"),
    mark("Percent"),
    mark("Scientific"),
    mark("Accounting"),
    mark("Average"),
    mark("Average length"),
    mark("Maximum"),
    mark("Maximum length"),
    mark("Minimum"),
    mark("Minimum length"),
    mark("Median"),
    mark("Range"),
    mark("Standard deviation"),
    mark("Sum"),
    mark("Distinct"),
    mark("Empty"),
    mark("Values"),
    mark("No data"),
    mark("Based on sample"),
    # around the page
    mark("App pages"),
    mark("Skip to main content"),
    mark("Expand sidebar"),
    mark("Collapse sidebar"),
    mark("Sidebar"),
    mark("Notifications"),
    mark("Link to heading"),
    mark("Help"),
    mark("Help for {label}"),
    mark("error icon"),
    mark("warning icon"),
    mark("check_circle icon"),
    mark("Close"),
    mark("view more"),
    mark("view less"),
    mark("Stop"),
    mark("Stopping..."),
    mark("Running..."),
    mark("Connecting"),
    mark("Connecting to Streamlit server"),
    # what goes wrong
    mark("Page not found"),
    mark("The page that you have requested does not seem to exist. Running the app's main page."),
    mark(
        "You have requested page /{page}, but no corresponding file was found in the app's pages/ directory. Running the app's main page."
    ),
    mark("Connection error"),
    mark("Streamlit server is not responding. Are you connected to the internet?"),
    mark("Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:"),
    mark("Download failed"),
    mark(
        "This app has encountered an error. The original error message is redacted to prevent data leaks. Full error details have been recorded in the logs "
        "(if you're on Streamlit Cloud, click on 'Manage app' in the lower right of your app)."
    ),
    mark("Network issue"),
)


def chinese() -> dict[str, str]:
    """Return Chinese by English, for the browser; placeholders as they are."""
    return {text: translate("zh", text) for text in WORDS}
