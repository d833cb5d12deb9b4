"""Shows a group of hostile texts in every kind of element that the dashboard shows text in: ``?group=links``. See ``tests/e2e/test_texts.py``.

A container ``<element>-<number>`` holds the text of that number. Texts that elements take as Markdown are escaped; what they take as plain
text they are given as it is, so that a release of Streamlit that begins to read Markdown there is noticed.
"""

import sys
import tomllib
from collections.abc import Callable
from html import escape
from pathlib import Path

import pandas as pd
import streamlit as st

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from geo.escaping import escape_markdown, markdown_link  # noqa: E402

GROUPS = tomllib.loads((ROOT / "tests" / "hostile_texts.toml").read_text(encoding="utf-8"))
OFFICIAL = "https://www.gz.gov.cn/a?b=c&copy=d"


def form_button(text: str, key: str) -> None:
    """Draw a form with nothing but its button."""
    with st.form(f"form {key}", border=False):
        st.form_submit_button(text, key=f"button {key}")


MARKDOWN: dict[str, Callable[[str, str], object]] = {
    "markdown": lambda text, _: st.markdown(text),
    "bold": lambda text, _: st.markdown(f"**{text}**"),
    "gray": lambda text, _: st.markdown(f":gray[{text}]"),
    "item": lambda text, _: st.markdown(f"- {text}"),
    "title": lambda text, _: st.markdown(f"### {text}"),
    "row": lambda text, _: st.markdown(f"| {text} |\n|:--|\n| |"),
    "caption": lambda text, _: st.caption(text),
    "info": lambda text, _: st.info(text),
    "error": lambda text, _: st.error(text),
    "metric": lambda text, _: st.metric(text, "\u00a0"),
    "metric_value": lambda text, _: st.metric("\u00a0", text),
    "metric_delta": lambda text, _: st.metric("\u00a0", "\u00a0", text, delta_color="off", delta_arrow="off"),
    "metric_below": lambda text, _: st.metric("\u00a0", "\u00a0", delta_description=text),
    "button": lambda text, key: st.button(text, key=f"button {key}"),
    "download": lambda text, key: st.download_button(text, b"", key=f"download {key}"),
    "link_button": lambda text, _: st.link_button(text, "./"),
    "form_button": form_button,
    "checkbox": lambda text, key: st.checkbox(text, key=f"checkbox {key}"),
    "choices": lambda text, key: st.segmented_control("\u00a0", [text], key=f"choices {key}"),
    "choices_label": lambda text, key: st.segmented_control(text, ["\u00a0"], key=f"choices_label {key}"),
    "select_label": lambda text, key: st.selectbox(text, [], placeholder="", key=f"select_label {key}"),
    "slider_label": lambda text, key: st.select_slider(text, ["\u00a0", "\u00a0\u00a0"], key=f"slider_label {key}"),
    "input_label": lambda text, key: st.text_input(text, key=f"input_label {key}"),
    "expander": lambda text, _: st.expander(text),
    "popover": lambda text, _: st.popover(text),
    "progress": lambda text, _: st.progress(0.5, text),
    "table": lambda text, _: st.table(pd.DataFrame({"\u00a0": [text]}), hide_index=True),
    "table_head": lambda text, _: st.table(pd.DataFrame({text: ["\u00a0"]}), hide_index=True),
}
PLAIN: dict[str, Callable[[str, str], object]] = {
    "text": lambda text, _: st.text(text),
    "code": lambda text, _: st.code(text, language=None),
    "html": lambda text, _: st.html(f"<p title='{escape(text)}'>{escape(text)}</p>"),
    "link": lambda text, _: st.markdown(markdown_link(text, OFFICIAL)),
    "no_link": lambda text, _: st.markdown(markdown_link(text, f"https://name@{text}")),
    "select": lambda text, key: st.selectbox("\u00a0", [text], key=f"select {key}"),
}

group = GROUPS[st.query_params["group"]]
for number, text in enumerate(group):
    for name, draw in MARKDOWN.items():
        with st.container(key=f"{name}-{number}"):
            draw(escape_markdown(text), f"{name} {number}")
    for name, draw in PLAIN.items():
        with st.container(key=f"{name}-{number}"):
            draw(text, f"{name} {number}")
paragraphs = "\n\n".join(map(escape_markdown, group))
st.container(key="help").markdown("text", help=paragraphs)
grid = pd.DataFrame({group[0]: group})
st.container(key="grid").dataframe(grid, hide_index=True, height=36 * (len(group) + 2))
st.toast(paragraphs, duration="infinite")
st.container(key="all_drawn").text("all drawn")
