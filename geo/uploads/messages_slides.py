"""What is said of files of the story."""

from geo.translation import mark
from geo.uploads.message import Message

__all__ = ["SLIDES"]

SLIDES: dict[str, Message] = {
    "is_tenants": Message(
        mark("The file contains tenants."),
        mark("a file with the chosen kind of content"),
        mark("Choose “Tenants” as the content of the file; on the command line, use --kind tenants."),
    ),
    "is_clusters": Message(
        mark("The file contains clusters."),
        mark("a file with the chosen kind of content"),
        mark("Choose “Clusters” as the content of the file; on the command line, use --kind clusters."),
    ),
    "is_slides": Message(
        mark("The file contains briefing slides."),
        mark("a file with the chosen kind of content"),
        mark("Choose “Briefing slides” as the content of the file; on the command line, use --kind slides."),
    ),
    "slide_id_form": Message(
        mark("This is not a valid slide ID."),
        mark("lower-case letters, digits and hyphens, starting with a letter, such as trade-2024"),
        mark("Correct the ID."),
    ),
    "map_kind_unknown": Message(
        mark("Unknown kind of map."),
        mark("one of {allowed}"),
        mark("Use one of these words."),
    ),
    "chart_unknown": Message(
        mark("Unknown chart type."),
        mark("one of {allowed}"),
        mark("Use one of these words."),
    ),
    "camera_unknown": Message(
        mark("Unknown camera position."),
        mark("one of {allowed}, one of their names, or west,south,east,north in degrees around Guangzhou"),
        mark("Use one of these words."),
    ),
    "view_parameter_unknown": Message(
        mark("A view has no parameter called {parameter}."),
        mark("parameters such as metric=gdp&period=2023, with these names: {allowed}"),
        mark("Open the page to be shown and copy the view from its address."),
    ),
    "view_value_unknown": Message(
        mark("This view cannot be shown: {parameter} is “{found}”."),
        mark("for {parameter}: {allowed}"),
        mark("Open the page to be shown and copy the view from its address."),
    ),
    "braces_unpaired": Message(
        mark("A brace is unpaired, so the figure name cannot be read."),
        mark("braces only in pairs, around a figure name"),
        mark("Add the missing brace, or remove the extra one."),
    ),
    "figure_missing": Message(
        mark("The data has no figure with this name, so the slide would show a gap."),
        mark("a figure name, as explained on the second sheet of the template"),
        mark("Correct the name, or rewrite the sentence without it."),
    ),
    "figure_missing_near": Message(
        mark("The data has no figure with this name, so the slide would show a gap."),
        mark("a figure name, as explained on the second sheet of the template"),
        mark("If you mean {suggestion}, write it this way."),
    ),
    "figure_missing_locked": Message(
        mark("The latest data has no figure with this name; the slide is locked to another version of the data."),
        mark("a figure included in that version"),
        mark("Check the slide after publishing."),
    ),
    "text_long": Message(
        mark("With its figures the text has {count} characters, too many to read from a distance."),
        mark("at most {limit} characters"),
        mark("Shorten the text; you can move the rest to the notes."),
    ),
    "text_long_words": Message(
        mark("With its figures the text has {count} words, too many to read from a distance."),
        mark("at most {limit} words"),
        mark("Shorten the text; you can move the rest to the notes."),
    ),
    "too_many_slides": Message(
        mark("The file has {count} slides."),
        mark("at most {limit} slides"),
        mark("Remove some of them."),
    ),
}
