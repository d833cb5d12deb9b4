"""Who somebody is and what they may do, decided from plain values: settings, claims of a sign-in, address and headers of a connection."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

__all__ = [
    "SIGN_IN_SECONDS",
    "Person",
    "Reason",
    "Role",
    "Standing",
    "judge",
    "providers",
    "sign_in_digest",
]

# Streamlit keeps a sign-in for 30 days; a role that was taken away must not live on so long.
SIGN_IN_SECONDS = 12 * 3600
_SHORTEST_SECRET = 32  # whoever guesses the cookie's secret can sign in as anybody
_LONGEST_NAME = 200
_CALLBACK = re.compile(r"https?://[^/]+(/.*)?/oauth2callback")
_PROVIDER_KEYS = ("client_id", "client_secret", "server_metadata_url")


class Role(IntEnum):
    """What somebody may do; each role may do all that those before it may."""

    VIEWER = 0
    EDITOR = 1
    REVIEWER = 2
    ADMINISTRATOR = 3


_LISTS = {"editors": Role.EDITOR, "reviewers": Role.REVIEWER, "administrators": Role.ADMINISTRATOR}


class Reason(StrEnum):
    """Why the data desk is closed to somebody."""

    OPEN = ""
    REMOTE = "remote"  # no provider, and not at this machine
    UNREADABLE = "unreadable"  # there is a secrets file, but it cannot be read
    INCOMPLETE = "incomplete"  # sign-in is configured, but not so that it works
    SIGNED_OUT = "signed_out"
    LAPSED = "lapsed"
    UNCHECKED = "unchecked"  # signed in, but the database cannot say whether that was ended since
    NO_ROLE = "no_role"


@dataclass(frozen=True)
class Person:
    """Somebody at the dashboard; ``name`` is "" where nobody signed in."""

    name: str
    role: Role
    local: bool


@dataclass(frozen=True)
class Standing:
    """A person and, where the desk is closed to them, why; ``detail`` names the settings at fault."""

    person: Person
    reason: Reason
    detail: str = ""


def judge(secrets: Mapping[str, Any] | None, claims: Mapping[str, Any], local: bool, now: float) -> Standing:
    """Return who somebody is, given the secrets (None: unreadable), the claims of their sign-in, and the time in Unix seconds."""
    nobody = Person("", Role.VIEWER, local=False)
    if secrets is None:
        return Standing(nobody, Reason.UNREADABLE)
    if "auth" not in secrets:
        return (
            Standing(Person("", Role.ADMINISTRATOR, local=True), Reason.OPEN)
            if local
            else Standing(nobody, Reason.REMOTE)
        )
    faults = _faults(secrets)
    if faults:
        return Standing(nobody, Reason.INCOMPLETE, ", ".join(faults))
    if claims.get("is_logged_in") is not True:
        return Standing(nobody, Reason.SIGNED_OUT)
    if _lapsed(claims, now):
        return Standing(Person(_name(claims), Role.VIEWER, local=False), Reason.LAPSED)
    role = _role(claims, secrets.get("roles", {}))
    return Standing(Person(_name(claims), role, local=False), Reason.OPEN if role >= Role.EDITOR else Reason.NO_ROLE)


def sign_in_digest(claims: Mapping[str, Any]) -> str:
    """Return what tells one sign-in from all others, 64 characters: the claims hold its time and a number that the provider used once."""
    lasting = {name: value for name, value in claims.items() if name != "tokens"}
    return hashlib.sha256(json.dumps(lasting, sort_keys=True, default=str).encode()).hexdigest()


# ---- settings ----


def providers(auth: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the providers that ``st.login`` can use; the one without a name is "default"."""
    named = {name: section for name, section in auth.items() if isinstance(section, Mapping) and "_" not in name}
    sections = {"default": auth} | named
    return tuple(name for name, section in sections.items() if all(_filled(section, key) for key in _PROVIDER_KEYS))


def _filled(section: Mapping[str, Any], key: str) -> bool:
    """Whether a setting has a text that is not a placeholder left from the instructions."""
    value = section.get(key)
    return isinstance(value, str) and bool(value.strip()) and "<" not in value


def _faults(secrets: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the settings without which sign-in would not work, or would not be safe."""
    auth, roles = secrets["auth"], secrets.get("roles", {})
    if not isinstance(auth, Mapping) or not isinstance(roles, Mapping):
        return ("auth",) if not isinstance(auth, Mapping) else ("roles",)
    found = []
    if not (_filled(auth, "redirect_uri") and _CALLBACK.fullmatch(auth["redirect_uri"])):
        found.append("auth.redirect_uri")
    if not (_filled(auth, "cookie_secret") and len(auth["cookie_secret"]) >= _SHORTEST_SECRET):
        found.append("auth.cookie_secret")
    if not providers(auth):
        found += [f"auth.{key}" for key in _PROVIDER_KEYS if not _filled(auth, key)]
    if not isinstance(roles.get("claim", ""), str):
        found.append("roles.claim")
    return (*found, *(f"roles.{key}" for key in _LISTS if not _is_texts(roles.get(key, []))))


def _is_texts(value: object) -> bool:
    """Whether a value is a list of texts."""
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


# ---- claims ----


def _lapsed(claims: Mapping[str, Any], now: float) -> bool:
    """Whether a sign-in is too old to act on, or does not say how old it is."""
    issued = claims.get("iat")
    return not isinstance(issued, int | float) or now - issued > SIGN_IN_SECONDS


def _email(claims: Mapping[str, Any]) -> str:
    """Return the e-mail address the provider stands for, "" where it has none or says that it is not verified."""
    email = claims.get("email")
    verified = claims.get("email_verified", True) in (True, "true")
    return email.strip() if isinstance(email, str) and verified else ""


def _fold(email: str) -> str:
    """Return an address for comparison, without regard to case; only in ASCII, where no foreign letter turns into a Latin one."""
    return email.strip().lower() if email.isascii() else email.strip()


def _name(claims: Mapping[str, Any]) -> str:
    """Return what somebody is called in the history: their e-mail address, or the nearest thing to it."""
    known = (_email(claims), claims.get("preferred_username"), claims.get("sub"))
    name = next((name for name in known if isinstance(name, str) and name.strip()), "")
    return "".join(letter for letter in name if letter.isprintable())[:_LONGEST_NAME]


def _role(claims: Mapping[str, Any], roles: Mapping[str, Any]) -> Role:
    """Return the highest role that the claim or one of the lists gives."""
    given = [
        Role[word.upper()]
        for word in _words(_claim(claims, roles.get("claim", "")))
        if word.upper() in Role.__members__
    ]
    email = _fold(_email(claims))
    listed = [role for key, role in _LISTS.items() if email and email in map(_fold, roles.get(key, []))]
    return max([Role.VIEWER, *given, *listed])


def _claim(claims: Mapping[str, Any], name: str) -> object:
    """Return a claim by its name, or by a path such as "realm_access.roles"; names that are addresses hold dots themselves."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _words(value: object) -> list[str]:
    """Return the words of a claim that is a text or a list of texts."""
    if isinstance(value, str):
        return re.split(r"[\s,]+", value)
    return value if _is_texts(value) else []  # type: ignore[return-value]  # what _is_texts has seen
