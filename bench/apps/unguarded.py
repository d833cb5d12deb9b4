"""The dashboard without the bound on sign-ins, to be flooded for comparison (``python -m bench.sign_ins``)."""

import streamlit as st

from app import ROOT
from app import app as guarded
from ui import asset_routes, data, warming
from ui.server.bounds.sign_ins import SignIns
from ui.show import rooms

app = st.App(
    ROOT / "ui" / "shell.py",
    routes=[*asset_routes.routes(), *rooms.routes(data.current)],
    middleware=[each for each in guarded._user_middleware if each.cls is not SignIns],
    lifespan=warming.lifespan,
)
