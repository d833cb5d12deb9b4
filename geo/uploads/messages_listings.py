"""What is said of files of clusters and tenants."""

from geo.translation import mark
from geo.uploads.message import Message

__all__ = ["LISTINGS"]

LISTINGS: dict[str, Message] = {
    "former_place": Message(
        mark("This district has been part of {name} since {year}."),
        mark("a present district"),
        mark("Write {name}."),
    ),
    "tier_unknown": Message(
        mark("The plan has no such tier."),
        mark("one of {allowed}"),
        mark("Use one of these words."),
    ),
    "status_unknown": Message(
        mark("Unknown status."),
        mark("one of {allowed}"),
        mark("Use one of these words."),
    ),
    "yes_no_unknown": Message(
        mark("This is not yes or no."),
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
        mark("a date such as 2020, 2020-07 or 2020-07-06, or an empty cell"),
        mark("Write the date in one of these formats."),
    ),
    "cluster_unknown": Message(
        mark("No cluster has this name."),
        mark("one of {allowed}, or its name"),
        mark("Correct the name."),
    ),
    "id_form": Message(
        mark("This is not a valid ID."),
        mark("lower-case letters, digits and hyphens, such as new-company"),
        mark("Correct the ID."),
    ),
    "company_id_made": Message(
        mark("New company; its ID will be {company_id}."),
    ),
    "company_id_missing": Message(
        mark("A new company has no ID: {company}."),
        mark("an ID in the company_id column, or an English name to derive one from"),
        mark("Add one of them."),
    ),
    "field_blank": Message(
        mark("This field must not be empty: {field}."),
        mark("a value in every row"),
        mark("Fill in the cells."),
    ),
    "row_twice": Message(
        mark("This row appears in the file more than once."),
    ),
    "key_twice": Message(
        mark("Rows with the same key have different content."),
        mark("one row per cluster or slide, or per company, cluster and status"),
        mark("Delete the incorrect rows."),
    ),
    "kept_from_current": Message(
        mark("The file has no columns for these fields, so they remain unchanged: {fields}."),
    ),
}
