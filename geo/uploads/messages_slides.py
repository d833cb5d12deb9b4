"""What is said of files of the story."""

from geo.translation import mark
from geo.uploads.message import Message

__all__ = ["SLIDES"]

SLIDES: dict[str, Message] = {
    "is_story": Message(
        mark("The file holds slides of the briefing."),
        mark("a file of the kind that was chosen"),
        mark("Choose “Story of the briefing” as what the file holds; on the command line --kind slides."),
    ),
    "slide_id_form": Message(
        mark("This cannot be the id of a slide."),
        mark("small Latin letters, digits and hyphens, beginning with a letter, such as trade-2024"),
        mark("Correct the id."),
    ),
    "picture_unknown": Message(
        mark("There is no such picture."),
        mark("one of {allowed}"),
        mark("Use one of these words."),
    ),
    "chart_unknown": Message(
        mark("There is no such chart."),
        mark("one of {allowed}"),
        mark("Use one of these words."),
    ),
    "camera_unknown": Message(
        mark("This is nothing the map can look at."),
        mark("one of {allowed}, a name of these, or west,south,east,north in degrees around Guangzhou"),
        mark("Use one of these words."),
    ),
    "view_parameter_unknown": Message(
        mark("A view has no part called {parameter}."),
        mark("parts with these names, such as metric=gdp&period=2023: {allowed}"),
        mark("Copy the view from the address of a page that shows it."),
    ),
    "view_value_unknown": Message(
        mark("This view cannot be shown: {parameter} is “{found}”."),
        mark("for {parameter}: {allowed}"),
        mark("Copy the view from the address of a page that shows it."),
    ),
    "braces_unpaired": Message(
        mark("A brace has no partner, so that the name of the figure cannot be read."),
        mark("braces only in pairs, around the name of a figure"),
        mark("Add the brace that is missing, or remove the one too many."),
    ),
    "figure_missing": Message(
        mark("The data have no figure of this name, so that the slide would show a gap."),
        mark("the name of a figure, as the second sheet of the template explains"),
        mark("Correct the name, or write the sentence without it."),
    ),
    "figure_missing_near": Message(
        mark("The data have no figure of this name, so that the slide would show a gap."),
        mark("the name of a figure, as the second sheet of the template explains"),
        mark("Write {suggestion}, if that is what is meant."),
    ),
    "figure_missing_locked": Message(
        mark("The newest data have no figure of this name; the slide is locked to another version of the data."),
        mark("a figure which that version has"),
        mark("Look at the slide once it is published."),
    ),
    "text_long": Message(
        mark("With its figures the text has {count} characters, too many to be read from afar."),
        mark("at most {limit} characters"),
        mark("Shorten it; what is left out can go into the notes."),
    ),
    "text_long_words": Message(
        mark("With its figures the text has {count} words, too many to be read from afar."),
        mark("at most {limit} words"),
        mark("Shorten it; what is left out can go into the notes."),
    ),
    "too_many_slides": Message(
        mark("The file has {count} slides."),
        mark("at most {limit} slides"),
        mark("Leave some out."),
    ),
}
