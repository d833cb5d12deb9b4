"""Districts one by one: cards of the nine, the profile of one, its figures."""

import streamlit as st

from geo import wording
from geo.escaping import escape_markdown
from geo.figures import claims
from geo.figures.table import Figure
from geo.periods import order
from geo.schema import UNDATED, Metric
from ui import data, formats, names, state
from ui.feedback import source_markdown, source_names
from ui.i18n import pick, t

__all__ = ["cards", "figures", "profile"]


def cards() -> None:
    """Draw the nine district clusters as cards."""
    clusters = data.atlas().clusters
    st.caption(
        t(
            "Locations and strengths are the district's, from pages that do not mention the plan: it names no site of these clusters."
        )
    )
    with st.container(key="cards"), st.grid(3, min_column_width=280, gap="small"):
        drawn = [_card(row) for row in clusters[clusters["tier"] == "district"].itertuples()]
    _explain_dagger("".join(drawn))


def _explain_dagger(figures: str) -> None:
    """Say what a dagger in figures means, where one stands there."""
    if claims.SECONDARY_MARK in figures:
        st.caption(escape_markdown(t("† from a secondary source; see Sources.")))


def _card(row: object) -> str:
    """Draw one district cluster: what is known of its site and strength, two figures, and a button that selects it; return the figures."""
    code = row.adcode  # type: ignore[attr-defined]
    with st.container(border=True, height="stretch", key=f"card-{code}"):
        st.markdown(f"**{escape_markdown(pick(row, 'name'))}**")
        _known(t("Location in the district"), pick(row, "park"), row.park_source_id)  # type: ignore[attr-defined]
        _known(t("Strength of the district"), pick(row, "strength"), row.strength_source_id)  # type: ignore[attr-defined]
        metrics = data.figure_table().metrics
        parts = [
            f"{escape_markdown(names.metric(id_))} {_told(metrics[id_], code, *_shown(id_, code))}"
            for id_ in ("gdp", "population")
        ]
        whole = escape_markdown(t("All of {district}:", district=names.district(code)))
        st.caption(f"{whole} {' · '.join(parts)}")
        st.button(
            t("Show profile"),
            key=f"show-{code}",
            on_click=lambda: state.select(code),
            disabled=state.view().sel == code,
        )
    return "".join(parts)


def _known(label: str, text: str, source_id: str) -> None:
    """Draw something known of a cluster with its source, or that nothing was found."""
    if text:
        st.markdown(f":gray[{label}] {escape_markdown(text)}", help=escape_markdown(source_names([source_id])))
    else:
        st.markdown(f":gray[{label}] :gray[{t('not found')}]")


def _shown(metric_id: str, code: str) -> tuple[str, Figure | None]:
    """Return a district's figure in the period that the map would show this metric in; where it has none in that one, its newest."""
    figure_table = data.figure_table()
    period = _mapped(metric_id)
    if code not in figure_table.column(metric_id, period):
        period = next(reversed(figure_table.series(metric_id, code)), "")
    return period, figure_table.column(metric_id, period).get(code)


def _mapped(metric_id: str) -> str:
    """Return the period that the map shows a metric in, or would if it were chosen."""
    view = state.view()
    return (
        view.period
        if metric_id == view.metric
        else view.with_metric(metric_id, data.figure_table(), state.asked()).period
    )


def _told(metric: Metric, code: str, period: str, figure: Figure | None) -> str:
    """Return a figure with its signs and period as Markdown, and for which period there is none; the signs are explained under the figures."""
    if figure is None:
        return f":gray[{t('No data')}]"
    view = state.view()
    text = claims.amount(data.figure_table(), metric.id, period, figure.value, view.lang)
    text += claims.secondary_mark(data.figure_table(), metric.id, period, (code,))
    if period == UNDATED:
        return escape_markdown(text)
    when, lacked = formats.period_in_sentence(period), _lacked(metric.id, period)
    if lacked:
        when = t("{period}; no data for {other}", period=when, other=lacked)
    return escape_markdown(text) + " :gray[" + escape_markdown(t("({text})", text=when)) + "]"


def _lacked(metric_id: str, shown: str) -> str:
    """Return the periods that somebody asked for, or the map shows of this metric, and of which there is no figure here; "" where it is as wanted."""
    view = state.view()
    wanted = (state.asked().period, view.period if metric_id == view.metric else "")
    others = sorted({period for period in wanted if period not in ("", shown, UNDATED)}, key=order)
    return wording.listing(map(formats.period_in_sentence, others), view.lang)


def profile() -> None:
    """Draw the profile of the selected district, or ask for a selection."""
    code = state.view().sel
    with st.container(key="selection", border=True):
        if not code:
            st.markdown(t("Select a district on the map, in the list or on a card below to see its profile."))
            return
        cluster = data.atlas().clusters.query("adcode == @code").iloc[0]
        st.markdown(f"### {escape_markdown(names.home(code))}")
        st.caption(escape_markdown(t("Cluster in this district: {cluster}", cluster=pick(cluster, "name"))))
        figures(code)
        st.caption(t("Neighbours"))
        with st.container(horizontal=True, gap="xsmall", key="neighbours"):
            for other in data.neighbours(code):
                st.button(
                    escape_markdown(names.district(other)),
                    key=f"neighbour-{other}",
                    type="tertiary",
                    on_click=lambda other=other: state.select(other),
                )
        st.caption(t("Cluster: {source}", source=source_markdown(cluster.source_id)))


def figures(code: str) -> None:
    """Draw every metric of a district, the change first where the map shows one: figure, period, rank among the eleven."""
    figure_table = data.figure_table()
    lines = [_change(code)] if state.view().since else []
    lines += [_line(metric, code) for metric in figure_table.metrics.values()]
    unbroken = "\u2060".join(t("Rank"))  # a narrow column would break between two Chinese characters
    head = f"| {t('Metric')} | {t('Value')} | {unbroken} |\n|:--|--:|--:|\n"
    with st.container(key="figures"):
        st.markdown(head + "\n".join(lines))
        st.caption(
            escape_markdown(
                t("Figures are for the whole district, not its cluster; only known tenants are for the cluster.")
            )
        )
        if notes := _footnotes(code):
            st.caption(escape_markdown(notes))
        _explain_dagger("".join(lines))


def _footnotes(code: str) -> str:
    """Return what the asterisks in a district's figures mean: which figures of another year each divides by."""
    figure_table, language = data.figure_table(), state.language()
    shown = ((id_, *_shown(id_, code)) for id_ in figure_table.metrics)
    notes = (claims.footnote(figure_table, id_, period, language) for id_, period, figure in shown if figure)
    return " ".join(dict.fromkeys(filter(None, notes)))


def _line(metric: Metric, code: str) -> str:
    """Return one row of a district's figures as Markdown."""
    period, figure = _shown(metric.id, code)
    place = _place(claims.ranking(data.figure_table(), metric.id, period), code)
    return f"| {escape_markdown(metric.name[state.language()])} | {_told(metric, code, period, figure)} | {place} |"


def _change(code: str) -> str:
    """Return the row of the change that the map shows as Markdown; a district that cannot be compared has the reason."""
    view, found = state.view(), data.figures()
    metric, figure = found.metrics[view.metric], found.column(view.metric, view.column).get(code)
    place = _place(claims.ranking(found, view.metric, view.column), code)
    name = f"{metric.name[view.lang]} {formats.period_name(view.column)}"
    value = formats.amount(figure.value, metric) if figure else found.gap(view.metric, view.column, code)[view.lang]
    value += claims.secondary_mark(found, view.metric, view.column, (code,))
    return f"| {escape_markdown(name)} | {escape_markdown(value)} | {place} |"


def _place(ranking: claims.Ranking, code: str) -> str:
    """Return a district's rank and what it is of, "" without a figure."""
    place, base = ranking.place(code), claims.rank_base(ranking, state.language())
    if code not in ranking.ranks:
        return t("not ranked") if code in ranking.apart else ""
    return base if place is None else t("{rank} {base}", rank=place, base=base)
