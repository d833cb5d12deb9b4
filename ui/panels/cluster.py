"""One cluster of the plan: what the plan says of it, what is known today, who is there."""

import pandas as pd
import streamlit as st

from geo import wording
from geo.escaping import escape_markdown
from geo.figures import measures
from geo.maps import drawing, folium_map, legends
from ui import data, formats, names, state
from ui.exporting import downloads, exports, printing
from ui.feedback import source_markdown, source_names
from ui.i18n import pick, t
from ui.panels import map_panel, map_style, profile

__all__ = ["page"]


def page(cluster_id: str) -> None:
    """Draw the page of a cluster that has a zone: map, tenants and district figures beside the plan and what is known."""
    home = _home(cluster_id)
    left, right = st.columns([0.6, 0.4], gap="medium")
    with left:
        map_panel.panel(map_style.close_up(home), _zone_bounds(cluster_id), key=f"{cluster_id}_map")
        map_panel.zone_note(cluster_id)
        exports.of_view(site=cluster_id)
        _tenants(cluster_id)
        st.markdown(f"**{escape_markdown(names.home(home))}**")
        profile.figures(home)
    with right:
        _plan(cluster_id)
        _expected(cluster_id)
        _known(cluster_id)


def _statements(subject: str, *kinds: str) -> list[object]:
    """Return the statements on a subject of certain kinds, as rows."""
    rows = data.atlas().statements
    return list(rows[(rows["subject"] == subject) & rows["kind"].isin(kinds)].itertuples(index=False))


def _plan(cluster_id: str) -> None:
    """Draw what the plan says: role, targets, expected tenants."""
    with st.container(border=True, key="plan"):
        st.markdown(f"**{t('What the plan says')}**")
        for role in _statements(cluster_id, "plan"):
            st.markdown(escape_markdown(pick(role, "text")))
        for target in _statements(cluster_id, "target"):
            _figure(target, t("Target"))
        expected = data.atlas().tenants.query("cluster_id == @cluster_id and status in ('considering', 'expected')")
        if len(expected):
            named = [
                t("{name} ({detail})", name=pick(row, "company"), detail=names.status(row.status))
                for row in expected.itertuples()
            ]
            who = wording.listing(named, state.language())
            st.markdown(escape_markdown(t("Tenants mentioned: {who}", who=who)))
        st.caption(source_markdown("plan-article"))


def _expected(cluster_id: str) -> None:
    """Draw what others expected of a cluster, apart from what the plan says and by whom it was said."""
    for row in _statements(cluster_id, "expected"):
        source = data.sources()[row.source_id]  # type: ignore[attr-defined]
        with st.container(border=True, key=f"expected-{row.statement_id}"):  # type: ignore[attr-defined]
            who = t(
                "Expected by {publisher}, {year} (not a target of the plan)",
                publisher=pick(source, "publisher"),
                year=source.date[:4],
            )
            st.markdown(f"**{escape_markdown(who)}**")
            _figure(row)


def _known(cluster_id: str) -> None:
    """Draw what is known today: reported figures apart from one another, each with its population and year; then other facts."""
    with st.container(border=True, key="known"):
        st.markdown(f"**{t('What is known today')}**")
        reported = _statements(cluster_id, "reported")
        if reported:
            st.caption(
                t(
                    "These figures cover different groups of companies. They do not form a series and cannot be compared with the target."
                )
            )
        for row in reported + _statements(cluster_id, "fact"):
            _figure(row)
        if not reported:
            st.caption(t("No turnover figure was found for this cluster."))


def _figure(row: object, badge: str = "") -> None:
    """Draw one stated figure: value, what it is, whose, when, from where."""
    value = formats.format_stated(row.value, row.unit, row.qualifier)  # type: ignore[attr-defined]
    head = f":blue-badge[{escape_markdown(badge)}] " if badge else ""
    head += f"**{escape_markdown(value)}** · " if value else ""
    about = [pick(row, "population"), formats.period_name(row.period) if row.period else ""]  # type: ignore[attr-defined]
    if row.quality == "secondary":  # type: ignore[attr-defined]
        about.append(t("Secondary source"))
    st.markdown(
        f"{head}{escape_markdown(pick(row, 'text'))}",
        help=escape_markdown(t("Source: {sources}", sources=source_names([row.source_id]))),  # type: ignore[attr-defined]
    )
    st.caption(escape_markdown(" · ".join(part for part in about if part)))


def _tenants(cluster_id: str) -> None:
    """Draw the tenants: where each stands today, with the symbol it has on the map, and every dated entry on it; a row chooses the company on the map."""
    rows = data.atlas().tenants
    own = rows[rows["cluster_id"] == cluster_id]
    newest = measures.current_tenants(rows, cluster_id)
    st.markdown(f"**{t('Tenants')}**")
    frame = pd.DataFrame(
        {
            t("Company"): [pick(row, "company") for row in newest.itertuples()],
            t("Status"): [names.status(row.status) for row in newest.itertuples()],
            t("Date"): [row.date or t("undated") for row in newest.itertuples()],
            t("Source"): [source_names([row.source_id]) for row in newest.itertuples()],
            t("Note"): [pick(row, "note") for row in newest.itertuples()],
            t("History"): [_history(own, row.company_id) for row in newest.itertuples()],
        }
    )
    with st.container(key="tenants"):
        _tenant_table(frame, list(newest["company_id"]), _symbols(newest))
        printing.table(frame)
        if unplaced := legends.unplaced_note(data.atlas(), cluster_id, state.language()):
            st.caption(escape_markdown(unplaced))
        downloads.table_csv(frame, f"{cluster_id}-tenants", state.shown_version())


def _symbols(newest: pd.DataFrame) -> list[str]:
    """Return the symbols of tenants, as on the map."""
    return [drawing.picture(status, "dark" if map_style.is_dark() else "light") for status in newest["status"]]


def _tenant_table(frame: pd.DataFrame, companies: list[str], symbols: list[str]) -> None:
    """Draw the table, a picture before each row; it opens with the company that was chosen on the map."""
    chosen = map_style.tenant()
    key = f"tenant_rows {chosen} {state.language()}"

    def take_row() -> None:
        """Carry a selected row to the map."""
        rows = st.session_state[key]["selection"]["rows"]
        map_style.choose_tenant(companies[rows[0]] if rows else "")

    shown = frame.copy()
    shown.insert(0, t("Symbol"), symbols)
    st.dataframe(
        shown,
        column_config={
            t("Symbol"): st.column_config.ImageColumn("", width=45, help=t("The symbol of the status, as on the map.")),
            t("Source"): st.column_config.TextColumn(width=190),
            t("Note"): st.column_config.TextColumn(width=150),
        },
        key=key,
        hide_index=True,
        on_select=take_row,
        selection_mode="single-row",
        selection_default={"selection": {"rows": [companies.index(chosen)] if chosen in companies else []}},
        placeholder="",
        alt=t("Tenants"),
    )


def _history(own: pd.DataFrame, company_id: str) -> str:
    """Return the entries of a company, oldest first."""
    rows = own[own["company_id"] == company_id].sort_values("date", kind="stable")
    return " → ".join(
        t("{name} ({detail})", name=names.status(row.status), detail=row.date or t("undated"))
        for row in rows.itertuples()
    )


def _home(cluster_id: str) -> str:
    """Return the adcode of a cluster's district."""
    rows = data.joined()
    return str(rows.loc[rows["cluster_id"] == cluster_id, "adcode"].iloc[0])


def _zone_bounds(cluster_id: str) -> folium_map.Bounds:
    """Return the box around a cluster's zone with room for its surroundings, degrees."""
    zones = data.atlas().zones
    return folium_map.bounds(zones.loc[zones["cluster_id"] == cluster_id, "geometry"], margin=0.25)
