"""Leaves a file and an object with the session."""

import holding
import streamlit as st
from streamlit import runtime
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from ui.auth import gate
from ui.server import abandoned


class Result:
    """What was made of a file."""


session = gate.current_session_id()
abandoned.watch(session)
runtime.get_instance().uploaded_file_mgr.add_file(session, UploadedFileRec("a", "a.csv", "text/csv", b"rows"))
st.session_state.setdefault("result", Result())
holding.objects.add(st.session_state["result"])
st.text("done")
