"""The controls. Each shows a field of the view and changes it; none keeps a state of its own."""

import re
from collections.abc import Callable, Iterable
from typing import Any

import streamlit as st

from geo.classification import PALETTES
from geo.schema import ADCODES, MAX_CLASSES, MIN_CLASSES, SCHEMES, TIERS
from geo.view import LANGUAGES, LARGEST_BREAK
from ui import data, formats, handing, names, state
from ui.i18n import LANGUAGE_NAMES, t

__all__ = ["filters", "header"]


def _apply(key: str, field: str) -> None:
    """Carry a control's new value into the view."""
    value = st.session_state[key]
    if value is None:
        return
    if field == "metric":
        state.change_metric(value, data.book())
    elif field == "breaks":
        _apply_breaks(value)
    elif field == "scheme" and value == "manual":
        _start_manual()
    else:
        state.change(**{field: value})


def _start_manual() -> None:
    """Begin manual classes with the limits on screen, so that nothing jumps."""
    view = state.view()
    shown = data.classes(view.metric, view.scheme, view.k, view.palette, view.breaks)
    if len(shown) > 1:
        state.change(scheme="manual", breaks=shown.edges[1:-1])
    else:
        st.toast(t("There are too few figures to class by hand."), icon=":material/error:")


def _apply_breaks(text: str) -> None:
    """Take manual limits, typed in the shown unit; anything else leaves the old ones in place with a notice."""
    show = data.book().metrics[state.view().metric].show[state.language()]
    parts = [part.strip() for part in re.split("[;；]", text) if part.strip()]
    good = all(re.fullmatch(r"[+-]?(\d+|\d{1,3}([,，]\d{3})+)([.]\d+)?(e[+-]?\d+)?", part) for part in parts)
    several = len(parts) > 1 or not re.search(
        "[,，].*[,，]", text
    )  # "100,200,300" is more likely three limits than one
    numbers = sorted({float(re.sub("[,，]", "", part)) / show.scale for part in parts}) if good and several else []
    if numbers and len(numbers) < MAX_CLASSES and all(abs(number) < LARGEST_BREAK for number in numbers):
        state.change(breaks=tuple(numbers))
    else:
        st.toast(t("Class limits must be one to six numbers separated by semicolons."), icon=":material/error:")


def _bound(key: str, field: str, value: object) -> dict[str, Any]:
    """Return the arguments that tie a control to a field of the view."""
    st.session_state[key] = value
    return {"key": key, "on_change": _apply, "args": (key, field)}


def _options(codes: Iterable[str], name: Callable[[str], str]) -> dict[str, Any]:
    """Return the arguments that give a control its options, their names fixed in the language of this run."""
    names_ = {code: name(code) for code in codes}
    return {"options": tuple(names_), "format_func": names_.__getitem__}


def header(title: str) -> None:
    """Draw the line with the page's title and the language switch."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="header"):
        st.markdown(f"### {title} :small[:gray[{t('Guangzhou 1+1+9 e-commerce clusters')}]]")
        st.segmented_control(
            t("Language"),
            required=True,
            label_visibility="collapsed",
            **_options(LANGUAGES[::-1], LANGUAGE_NAMES.__getitem__),
            **_bound("language", "lang", state.language()),
        )


def filters(*, tiers: bool = True) -> None:
    """Draw the filters: metric, period, tier (unless the page fixes it), selection; in popovers classes and colours, and the files to hand over."""
    view, book = state.view(), data.book()
    metrics = _options(book.metrics, names.metric)
    periods = _options(book.periods(view.metric)[::-1], _period_label)
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters", gap="small"):
        st.selectbox(t("Figure"), width=184, **metrics, **_bound("metric", "metric", view.metric))
        st.selectbox(t("Period"), width=138, **periods, **_bound("period", "period", view.period))
        if tiers:
            choices = _options(("all", *TIERS), names.tier)
            st.segmented_control(t("Clusters"), required=True, **choices, **_bound("tier", "tier", view.tier))
        _district_picker()
        popover = st.popover(t("Classes and colours"), icon=":material/palette:", key="classes_box", on_change="rerun")
        if popover.open:
            with popover:
                _class_controls()
        handing.of_view(tier="" if tiers else "district")


def _period_label(period: str) -> str:
    """Return a period with how many districts it covers, so that nobody opens an empty map unawares."""
    found = data.book().coverage(state.view().metric, period)
    return formats.period_name(period) + (
        "" if found == len(ADCODES) else t(" ({found} of {all})", found=found, all=len(ADCODES))
    )


def _district_picker() -> None:
    """Draw the list to select a district from."""
    choices = _options(("", *ADCODES), lambda code: names.district(code) if code else t("none"))
    st.selectbox(t("District"), width=132, **choices, **_bound("district", "sel", state.view().sel))


def _class_controls() -> None:
    """Draw how values are classified and coloured."""
    view = state.view()
    st.selectbox(t("Method"), **_options(SCHEMES, names.scheme), **_bound("scheme", "scheme", view.scheme))
    if view.scheme == "manual":
        metric = data.book().metrics[view.metric]
        limits = "; ".join(formats.input_number(b, metric) for b in view.breaks)
        st.text_input(
            t("Class limits in {unit}, separated by semicolons", unit=formats.unit(metric)),
            **_bound("breaks", "breaks", limits),
        )
    else:
        st.select_slider(t("Classes"), range(MIN_CLASSES, MAX_CLASSES + 1), **_bound("classes", "k", view.k))
    st.selectbox(t("Palette"), **_options(PALETTES, names.palette), **_bound("palette", "palette", view.palette))
    st.caption(t("All palettes stay readable with colour blindness and in greyscale."))
