"""The server of the two apps compared with: the script named in BENCH_SCRIPT, and Leaflet beside it."""

import os

import streamlit as st

from bench.apps import leaflet

app = st.App(os.environ["BENCH_SCRIPT"], routes=leaflet.routes())
