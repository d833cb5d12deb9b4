"""The smallest server with our headers and the gate before its uploads: ``entrance_page.py`` says who is there and takes a file from editors."""

import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2]))

from ui.auth import gate  # noqa: E402
from ui.server.headers import SecurityHeaders  # noqa: E402

app = st.App(HERE / "entrance_page.py", middleware=[Middleware(SecurityHeaders), Middleware(gate.UploadGate)])
