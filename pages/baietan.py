"""Baietan: the cluster's zone in its district, what the plan says of it against what is known today."""

import streamlit as st

from ui import cluster, data, map_panel, names, picture, profile

home = data.cluster_home("baietan")
left, right = st.columns([0.6, 0.4], gap="medium")
with left:
    map_panel.panel(picture.close_up(home), data.zone_bounds("baietan"), key="baietan_map")
    map_panel.zone_note("baietan")
    cluster.tenants("baietan")
    st.markdown(f"**{names.district(home)}**")
    profile.figures(home)
with right:
    cluster.plan("baietan")
    cluster.known("baietan")
