"""Says who is there and takes a file from editors."""

import streamlit as st

from ui.auth import access, gate

person = access.person()
gate.settle(access.may(access.Role.EDITOR), access.current_sign_in())
st.text(
    f"name={person.name or '-'} role={person.role.name} local={person.local} reason={access.reason_closed() or '-'}"
)
st.text(f"session={gate.current_session_id()}")
if access.may(access.Role.EDITOR):
    access.sign_in_bar()
else:
    access.closed_page()
file = st.file_uploader("File")  # shown to everybody, so that the test can try
if file:
    st.text(f"received={file.getvalue().decode()}")
