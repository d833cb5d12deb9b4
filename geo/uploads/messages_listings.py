"""What is said of files of clusters and tenants."""

from geo.translation import mark
from geo.uploads.message import Message

__all__ = ["LISTINGS"]

LISTINGS: dict[str, Message] = {
    "former_place": Message(
        mark("This district has been part of {name} since {year}."),
        mark("a district of today"),
        mark("Write {name}."),
    ),
    "tier_unknown": Message(
        mark("This is no tier of the plan."),
        mark("one of {allowed}"),
        mark("Use one of these words."),
    ),
    "status_unknown": Message(
        mark("This is no status that is known."),
        mark("one of {allowed}"),
        mark("Use one of these words."),
    ),
    "yes_no_unknown": Message(
        mark("This is neither yes nor no."),
        mark("yes or no (是, 否)"),
        mark("Use one of these words."),
    ),
    "word_unknown": Message(
        mark("This is not one of the words of this column."),
        mark("one of {allowed}"),
        mark("Use one of these words."),
    ),
    "address_form": Message(
        mark("This is not a web address."),
        mark("a plain web address such as https://www.gz.gov.cn/page.html, or nothing"),
        mark("Correct the address."),
    ),
    "date_unknown": Message(
        mark("This is not a date."),
        mark("a date such as 2020, 2020-07 or 2020-07-06, or nothing"),
        mark("Write the date in one of these ways."),
    ),
    "cluster_unknown": Message(
        mark("No cluster goes by this name."),
        mark("one of {allowed}, or its name"),
        mark("Correct the name."),
    ),
    "id_form": Message(
        mark("This cannot be an id."),
        mark("small Latin letters, digits and hyphens, such as new-company"),
        mark("Correct the id."),
    ),
    "company_id_made": Message(
        mark("A new company; its id will be {company_id}."),
    ),
    "company_id_missing": Message(
        mark("A new company without an id: {company}."),
        mark("an id in the column company_id, or a name in English to make one from"),
        mark("Add one of the two."),
    ),
    "field_blank": Message(
        mark("This must not be empty: {field}."),
        mark("a value in every row"),
        mark("Fill in the cells."),
    ),
    "row_twice": Message(
        mark("This row stands in the file more than once."),
    ),
    "key_twice": Message(
        mark("Rows with the same key differ."),
        mark("one row for each cluster or slide, or for each company, cluster and status"),
        mark("Leave out the rows that are wrong."),
    ),
    "kept_from_current": Message(
        mark("The file has no columns for these, so they stay as they are: {fields}."),
    ),
}
