"""The controls. Each shows a field of the view and changes it; none keeps a state of its own."""

import re
from collections.abc import Callable, Iterable
from typing import Any

import streamlit as st

from geo.escaping import escape_markdown
from geo.figures import comparison
from geo.figures.classification import PALETTES
from geo.periods import order
from geo.schema import ADCODES, LANGUAGES, MAX_CLASSES, MIN_CLASSES, SCHEMES, TIERS, UNDATED
from geo.view import LARGEST_BREAK, View
from ui import data, formats, names, state
from ui.exporting import exports
from ui.i18n import LANGUAGE_NAMES, t

__all__ = ["filters", "header"]


def _apply(key: str, field: str) -> None:
    """Carry a control's new value into the view."""
    value = st.session_state[key]
    if value is None:
        return
    if field == "metric":
        state.change_metric(value, data.figure_table())
    elif field in ("period", "since"):
        state.change_periods(data.figure_table(), **{field: value})
    elif field == "breaks":
        _apply_breaks(value)
    elif field == "scheme" and value == "manual":
        _start_manual()
    else:
        state.change(**{field: value})


def _start_manual() -> None:
    """Begin manual classes with the limits on screen, so that nothing jumps."""
    shown = data.classes()
    if len(shown) > 1:
        state.change(scheme="manual", breaks=shown.edges[1:-1])
    else:
        st.toast(t("There are too few figures to set class limits manually."), icon=":material/error:")


def _apply_breaks(text: str) -> None:
    """Take manual limits, typed in the shown unit; anything else leaves the old ones in place with a notice."""
    show = data.figures().metrics[state.view().metric].show[state.language()]
    parts = [part.strip() for part in re.split("[;；]", text) if part.strip()]
    good = all(re.fullmatch(r"[+-]?(\d+|\d{1,3}([,，]\d{3})+)([.]\d+)?(e[+-]?\d+)?", part) for part in parts)
    # "100,200,300" is more likely three limits than one.
    several = len(parts) > 1 or not re.search("[,，].*[,，]", text)
    numbers = sorted({float(re.sub("[,，]", "", part)) / show.scale for part in parts}) if good and several else []
    if numbers and len(numbers) < MAX_CLASSES and all(abs(number) < LARGEST_BREAK for number in numbers):
        state.change(breaks=tuple(numbers))
    else:
        st.toast(t("Enter one to six class limits (numbers), separated by semicolons."), icon=":material/error:")


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
    view, figure_table = state.view(), data.figure_table()
    metrics = _options(figure_table.metrics, lambda code: figure_table.metrics[code].name[view.lang])
    periods = _options(
        figure_table.periods(view.metric)[::-1],
        lambda period: _covered(period, figure_table.coverage(view.metric, period)),
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters", gap="xsmall"):
        st.selectbox(t("Metric"), width=176, **metrics, **_bound("metric", "metric", view.metric))
        st.selectbox(t("Period"), width=152, **periods, **_bound("period", "period", view.period))
        _start_picker()
        if tiers:
            choices = _options(("all", *TIERS), names.tier)
            st.segmented_control(t("Clusters"), required=True, **choices, **_bound("tier", "tier", view.tier))
        _district_picker()
        popover = st.popover(t("Colours"), icon=":material/palette:", key="classes_box", on_change="rerun")
        if popover.open:
            with popover:
                _class_controls()
        exports.of_view(tier="" if tiers else "district")
    _periods_not_had()


def _start_picker() -> None:
    """Draw the list to choose from when a change is counted; without a choice the figures themselves are shown."""
    view, figure_table = state.view(), data.figure_table()
    starts = comparison.starts(figure_table, view.metric, view.period)
    choices = _options(("", *starts[::-1]), lambda since: _start_label(since) if since else t("none"))
    st.selectbox(
        t("Change since"),
        width=146,
        disabled=not starts,
        help=t(
            "Shows the change between this period and the selected one, the same for all districts, instead of the figures."
        ),
        **choices,
        **_bound("since", "since", view.since),
    )


def _start_label(since: str) -> str:
    """Return a start of a change with how many districts can be compared."""
    view = state.view()
    return _covered(since, comparison.comparable(data.figure_table(), view.metric, since, view.period))


def _covered(period: str, found: int) -> str:
    """Return a period with how many districts something is known of, where it is not all: nobody opens an empty map unawares."""
    partly = t(" ({found} of {all})", found=found, all=len(ADCODES))
    return formats.period_name(period) + ("" if found == len(ADCODES) else partly)


def _periods_not_had() -> None:
    """Say which periods that were asked for the figure lacks, and what is shown instead."""
    view, asked = state.view(), state.asked()
    words = []
    if asked.period and asked.period != view.period:
        words.append(_period_instead(view, asked.period))
    if asked.since != view.since:
        words.append(_start_instead(view, asked.since))
    # The container is there even when empty: a page whose parts move is built anew, and the map with it.
    place = st.container(key="periods_not_had")
    if words:
        place.caption(escape_markdown(" ".join(words)))


def _period_instead(view: View, asked: str) -> str:
    """Return which period is shown instead of one that the figure lacks, and why that one."""
    parts = {"metric": names.metric(view.metric), "asked": formats.period_in_sentence(asked)}
    if view.period == UNDATED:
        return t("The figures for {metric} are undated, so {asked} does not apply.", **parts)
    parts["shown"], found = (
        formats.period_in_sentence(view.period),
        data.figure_table().coverage(view.metric, view.period),
    )
    if not found:
        return t("{metric} has no figures for {asked}. Showing {shown}, the latest period.", **parts)
    return t(
        "{metric} has no figures for {asked}. Showing {shown}, the period that covers the most districts ({found} of {all}).",
        **parts, found=found, all=len(ADCODES),
    )  # fmt: skip


def _start_instead(view: View, asked: str) -> str:
    """Return from where a change is counted instead of the period asked for, or that there is none to show."""
    parts = {"metric": names.metric(view.metric), "asked": formats.period_in_sentence(asked)}
    parts["shown"] = formats.period_in_sentence(view.since or view.period)
    if not view.since:
        return t(
            "No district has a comparable earlier figure for {metric} in {shown}. Showing the figures themselves.",
            **parts,
        )
    if order(asked) >= order(view.period):
        return t(
            "Showing the change in {metric} since {shown}, the period with the most comparable districts.", **parts
        )
    return t(
        "{metric} has no change since {asked}. Showing the change since {shown}, the period with the most comparable districts.",
        **parts,
    )


def _district_picker() -> None:
    """Draw the list to select a district from."""
    called = {"": t("none")} | names.districts()
    choices = _options(called, called.__getitem__)
    st.selectbox(t("District"), width=124, **choices, **_bound("district", "sel", state.view().sel))


def _class_controls() -> None:
    """Draw how values are classified and coloured."""
    view = state.view()
    st.selectbox(t("Method"), **_options(SCHEMES, names.scheme), **_bound("scheme", "scheme", view.scheme))
    if view.scheme == "manual":
        metric = data.figures().metrics[view.metric]
        limits = "; ".join(formats.input_number(b, metric) for b in view.breaks)
        st.text_input(
            escape_markdown(t("Class limits in {unit}, separated by semicolons", unit=formats.unit(metric))),
            **_bound("breaks", "breaks", limits),
        )
    else:
        st.select_slider(t("Classes"), range(MIN_CLASSES, MAX_CLASSES + 1), **_bound("classes", "k", view.k))
    st.selectbox(t("Palette"), **_options(PALETTES, names.palette), **_bound("palette", "palette", view.palette))
    st.caption(
        t(
            "Two hues distinguish rises from falls, also for colour-blind readers; in greyscale, only Viridis and Cividis keep the order."
        )
        if view.since
        else t("All palettes remain readable with colour blindness and in greyscale.")
    )
