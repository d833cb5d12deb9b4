"""A real OpenID Connect provider on loopback, and the secrets file that makes the dashboard use it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.conftest import free_port, running

PEOPLE: tuple[dict[str, object], ...] = (
    {"sub": "ed", "email": "Ed@Example.org", "email_verified": True},  # editor by list
    {"sub": "rev", "preferred_username": "rev", "realm_access": {"roles": ["reviewer"]}},  # reviewer by claim
    {"sub": "eve", "email": "ed@example.org", "email_verified": False, "preferred_username": "eve"},
    {"sub": "guest", "email": "guest@example.org"},  # no role
)


@contextmanager
def providing(folder: Path) -> Iterator[str]:
    """Run a provider that knows :data:`PEOPLE`; yield its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    people = [word for person in PEOPLE for word in ("--user-claims", json.dumps(person))]
    command = ["-m", "oidc_provider_mock", "--port", str(port), *people]
    with running(command, f"{url}/.well-known/openid-configuration", folder / "provider.txt"):
        yield url


def write_secrets(folder: Path, provider: str, auth: Mapping[str, str] | None = None) -> Path:
    """Write a secrets file for a provider, entries of ``auth`` on top; the server fills in its own port."""
    settings = {
        "redirect_uri": "http://127.0.0.1:{port}/oauth2callback",
        "cookie_secret": "only for tests, but long enough to count",
        "client_id": "dashboard",
        "client_secret": "dashboard",
        "server_metadata_url": f"{provider}/.well-known/openid-configuration",
    } | dict(auth or {})
    lines = ["[auth]", *(f"{key} = {json.dumps(value)}" for key, value in settings.items())]
    lines += ["[roles]", 'claim = "realm_access.roles"', 'editors = ["ed@example.org"]']
    path = folder / "secrets.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
