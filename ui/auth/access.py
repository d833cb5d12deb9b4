"""Who may do what at the data desk, in this run: by sign-in where a provider is configured, otherwise only at this machine."""

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit import runtime

import settings
from geo.escaping import escape_markdown
from store import StoreError
from ui import data
from ui.auth import gate
from ui.auth.identity import SIGN_IN_SECONDS, Person, Reason, Role, Standing, judge, providers, sign_in_digest
from ui.i18n import mark, t
from ui.server.addresses import is_local

__all__ = [
    "Person",
    "Reason",
    "Role",
    "closed_page",
    "current_sign_in",
    "demand",
    "demand_later",
    "handshake",
    "may",
    "peer_address",
    "person",
    "reason_closed",
    "restorer",
    "review_required",
    "role_name",
    "secrets",
    "sign_in_bar",
    "sign_out",
    "standing",
    "why_closed",
]

_log = logging.getLogger(__name__)
_ROLES = {
    Role.VIEWER: mark("viewer"),
    Role.EDITOR: mark("editor"),
    Role.REVIEWER: mark("reviewer"),
    Role.ADMINISTRATOR: mark("administrator"),
}
_REASONS = {
    Reason.OPEN: "",
    Reason.REMOTE: mark("Without sign-in, the data desk is available only on the computer that runs the dashboard."),
    Reason.UNREADABLE: mark("The secrets file cannot be read. The data desk stays closed until this is fixed."),
    Reason.INCOMPLETE: mark(
        "Sign-in is not fully configured; missing or invalid: {detail}. The data desk stays closed until this is fixed."
    ),
    Reason.SIGNED_OUT: mark("Sign in to use the data desk."),
    Reason.LAPSED: mark("{name} signed in more than {hours} hours ago. Sign in again to use the data desk."),
    Reason.UNCHECKED: mark(
        "The database is not responding, so the sign-in of {name} cannot be confirmed. The data desk stays closed until the database responds."
    ),
    Reason.NO_ROLE: mark(
        "{name} can view but not publish. An administrator of the dashboard can give this account a role."
    ),
}
_seen: dict[str, tuple[Any, ...]] = {}  # the traces of the secrets files as they were last read
_SET_UP = (Reason.REMOTE, Reason.UNREADABLE, Reason.INCOMPLETE)  # mended in the settings, not by signing in
_EXAMPLE = """\
[auth]
redirect_uri = "https://<address of the dashboard>/oauth2callback"
cookie_secret = "<32 random characters or more>"
client_id = "<from the provider>"
client_secret = "<from the provider>"
server_metadata_url = "https://<provider>/.well-known/openid-configuration"

[roles]
claim = "roles"  # holds editor, reviewer or administrator; or by e-mail address:
editors = ["<name>@<organisation>"]
reviewers = []
administrators = []
"""


def person() -> Person:
    """Return who is at the dashboard in this run."""
    return standing().person


def may(role: Role) -> bool:
    """Whether the person of this run has at least a role."""
    return person().role >= role


def demand(role: Role) -> None:
    """Refuse the person of this run unless they have a role: asked again right before anything is stored, whatever the page showed.

    Raises
    ------
    PermissionError
        If they have not.
    """
    if not may(role):
        raise PermissionError(f"the role {role.name.lower()} is needed")


def reason_closed() -> Reason:
    """Return why the data desk is closed to the person of this run; empty where it is open."""
    return standing().reason


def review_required() -> bool:
    """Whether another person must approve before anything is published."""
    return settings.review_required()


def restorer() -> Role:
    """Return the role it takes to bring an earlier version back or to approve a draft: where two must agree, one that may review."""
    return Role.REVIEWER if review_required() else Role.EDITOR


def standing() -> Standing:
    """Judge the person of this run afresh, so that a role taken away is gone with the next click; a sign-in that was ended, too."""
    return _judged(st.user.to_dict(), is_local(*handshake()))


def _judged(claims: Mapping[str, Any], local: bool) -> Standing:
    """Judge somebody by the claims of their sign-in, and by whether they are at this machine."""
    found = judge(secrets(), claims, local, time.time())
    if found.person.local or found.reason not in (Reason.OPEN, Reason.NO_ROLE):
        return found
    try:
        ended = _ended(sign_in_digest(claims))
    except StoreError:
        return Standing(Person(found.person.name, Role.VIEWER, local=False), Reason.UNCHECKED)
    return Standing(Person("", Role.VIEWER, local=False), Reason.SIGNED_OUT) if ended else found


def demand_later(role: Role) -> Callable[[], None]:
    """Return ``demand`` for what the person of this run does outside of a run, such as having a file made on a press.

    Returns
    -------
    A function that judges this person by the roles and sign-outs of the moment it is called in, and raises ``PermissionError`` as ``demand`` does.
    """
    claims, local = st.user.to_dict(), is_local(*handshake())

    def ask() -> None:
        if _judged(claims, local).person.role < role:
            raise PermissionError(f"the role {role.name.lower()} is needed")

    return ask


def _ended(sign_in: str) -> bool:
    """Whether a sign-in was ended; while the database is away what it last said: nothing can be stored then, and what was entered stays."""
    return data.known().ask(("sign-in", sign_in), lambda: sign_in in data.versions().sign_outs)


def secrets() -> Mapping[str, Any] | None:
    """Return the secrets: empty where there is no file, None where there is one that cannot be read.

    Streamlit's own watch of the files ends once one cannot be read, and overlooks one that is older than what it knows, so that they are looked at here.
    """
    files = st.get_option("secrets.files")
    found = tuple(map(_traces, files))
    if _seen.get("secrets") != found:
        st.secrets._reset()
        _seen["secrets"] = found
    try:
        return st.secrets.to_dict()
    except FileNotFoundError:  # Streamlit raises it for a file it cannot parse, too
        return None if any(Path(file).exists() for file in files) else {}
    except (OSError, UnicodeDecodeError):
        return None


def _traces(place: str) -> tuple[tuple[int, ...], ...]:
    """Return what changes whenever a file, or one below a folder, is written, replaced or taken away."""
    path, found = Path(place), []
    for part in (path, *sorted(path.rglob("*"))):
        with suppress(OSError):
            one = part.stat()
            found.append((one.st_ino, one.st_size, one.st_mtime_ns, one.st_ctime_ns))
    return tuple(found)


def peer_address() -> str:
    """Return the IP address this session's websocket comes from, "" outside a run; behind a proxy that of the visitor, where the proxy says it."""
    return handshake()[0] or ""


def handshake() -> tuple[str | None, Iterable[tuple[str, str]]]:
    """Return peer address and headers of this session's websocket.

    ``st.context.ip_address`` would not do: it is None for a loopback address, but also where there is none, as behind a Unix socket.
    """
    client = runtime.get_instance().get_client(gate.current_session_id()) if runtime.exists() else None
    context = client.client_context if client else None
    return (context.remote_ip, context.headers) if context else (None, ())


# ---- drawing ----


def role_name(role: Role) -> str:
    """Return what a role is called."""
    return t(_ROLES[role])


def why_closed() -> str:
    """Return why the data desk is closed to the person of this run, "" where it is open; plain text."""
    found = standing()
    hours = SIGN_IN_SECONDS // 3600
    text = _REASONS[found.reason]
    return t(text, name=found.person.name, detail=found.detail, hours=hours) if text else ""


def closed_page() -> None:
    """Say who is there, why the data desk is closed and, where that is a matter of the settings, how sign-in is set up."""
    sign_in_bar()
    st.container(key="closed").info(escape_markdown(why_closed()), icon=":material/lock:")
    if reason_closed() in _SET_UP:
        st.markdown(
            t("To open the desk to other people, configure an OpenID Connect provider in `.streamlit/secrets.toml`:")
        )
        st.code(_EXAMPLE, language="toml")
        st.caption(t("See `docs/sign-in.md` for details. The dashboard stores no passwords."))


def sign_in_bar() -> None:
    """Say who is at the desk, and offer to sign in or out."""
    found = standing()
    with st.container(horizontal=True, vertical_alignment="center", key="sign_in_bar"):
        if found.person.local:
            st.caption(t("On this computer, not signed in"))
        if found.person.name:
            name = t("Signed in as {name} ({role})", name=found.person.name, role=role_name(found.person.role))
            st.caption(escape_markdown(name))
            st.button(t("Sign out"), key="sign_out", on_click=sign_out)
        if found.reason in (Reason.SIGNED_OUT, Reason.LAPSED):
            _sign_in_buttons()


def current_sign_in() -> str:
    """Return the digest of the sign-in of this run, the same in every window and for every copy of its cookie."""
    return sign_in_digest(st.user.to_dict())


def sign_out() -> None:
    """End this sign-in for every copy of its cookie: Streamlit only takes the cookie out of this browser."""
    sign_in = current_sign_in()
    try:
        data.versions().sign_outs.add(sign_in)
        _ended(sign_in)  # so that it is known here also while the database is away
    except StoreError:
        _log.exception("A sign-out could not be recorded; a copy of its cookie remains valid until the sign-in expires")
    gate.dismiss_sign_in(sign_in)
    st.logout()


def _sign_in_buttons() -> None:
    """Offer each provider that can be used."""
    names = providers((secrets() or {}).get("auth", {}))
    for name in names:
        label = t("Sign in") if len(names) == 1 else t("Sign in with {provider}", provider=name)
        st.button(escape_markdown(label), key=f"sign_in_{name}", on_click=st.login, args=(name,), type="primary")
