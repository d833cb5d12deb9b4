"""Write which Python packages are installed, under which licence, into ``NOTICE``: from what the installed packages say of themselves."""

import re
import sys
from importlib import metadata
from pathlib import Path

__all__ = ["licence", "locked", "main", "table"]

ROOT = Path(__file__).resolve().parents[1]
NOTICE = ROOT / "NOTICE"
BEGIN, END = "<!-- made by `make lock`: begin -->\n", "<!-- end -->"
# What packages do not say of themselves, read in their repositories.
UNSAID = {"streamlit-folium": "MIT", "xstatic-leaflet": "BSD-2-Clause"}
LONGEST = 60  # longer ones are the text of a licence in the field for its name


def locked(lock: str) -> dict[str, str]:
    """Return the version of each package of a lock, by its normalized name."""
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==([^\s;\\]+)", lock, re.MULTILINE))


def licence(name: str) -> str:
    """Return the licence an installed package states.

    Raises
    ------
    ValueError
        If it states none and :data:`UNSAID` has none.
    """
    said = metadata.metadata(name)
    fields = [UNSAID.get(name, ""), *(said[field] for field in ("License-Expression", "License") if field in said)]
    for text in fields:
        if text and "\n" not in text and len(text) <= LONGEST:
            return text
    classes = [line for line in said.get_all("Classifier") or [] if line.startswith("License :: ")]
    if not classes:
        raise ValueError(f"{name} states no licence; read it in its repository and add it to UNSAID in tools/notice.py")
    return ", ".join(line.split(" :: ")[-1] for line in classes)


def table(versions: dict[str, str]) -> str:
    """Return the rows of a Markdown table: package, version, licence."""
    rows = (f"| {name} | {version} | {licence(name)} |\n" for name, version in versions.items())
    return "| Package | Version | Licence it states |\n|---|---|---|\n" + "".join(rows)


def main() -> int:
    """Write the table into ``NOTICE``."""
    before, rest = NOTICE.read_text(encoding="utf-8").split(BEGIN)
    after = rest[rest.index(END) :]
    rows = table(locked((ROOT / "requirements.txt").read_text(encoding="utf-8")))
    NOTICE.write_text(before + BEGIN + rows + after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
