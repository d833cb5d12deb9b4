"""Who may do what, as tables: settings, claims, addresses and headers in, a role or a reason out."""

import pytest

from ui.identity import SIGN_IN_SECONDS, Person, Reason, Role, is_local, judge, providers, sign_in_digest

NOW = 1_800_000_000
AUTH = {
    "redirect_uri": "https://dashboard.example.org/oauth2callback",
    "cookie_secret": "0123456789abcdef0123456789abcdef",
    "client_id": "dashboard",
    "client_secret": "secret",
    "server_metadata_url": "https://login.example.org/.well-known/openid-configuration",
}
ROLES = {
    "claim": "roles",
    "editors": ["Ed@Example.org", "both@example.org"],
    "reviewers": ["rev@example.org", "both@example.org"],
    "administrators": ["ada@example.org"],
}
SIGNED_IN = {"is_logged_in": True, "iat": NOW - 60, "sub": "42"}


def standing(secrets: dict | None = None, local: bool = False, **claims: object):
    """Judge a signed-in person with these claims on top."""
    return judge({"auth": AUTH, "roles": ROLES} if secrets is None else secrets, SIGNED_IN | claims, local, NOW)


# ---- roles ----


def test_each_role_includes_those_before_it() -> None:
    assert Role.VIEWER < Role.EDITOR < Role.REVIEWER < Role.ADMINISTRATOR


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({}, Role.VIEWER),
        ({"email": "nobody@example.org"}, Role.VIEWER),
        ({"email": "ed@example.org"}, Role.EDITOR),
        ({"email": " ED@EXAMPLE.ORG "}, Role.EDITOR),
        ({"email": "both@example.org"}, Role.REVIEWER),
        ({"email": "ada@example.org", "email_verified": True}, Role.ADMINISTRATOR),
        ({"email": "ada@example.org", "email_verified": "true"}, Role.ADMINISTRATOR),
        ({"email": "ada@example.org", "email_verified": False}, Role.VIEWER),
        ({"email": "ada@example.org", "email_verified": "false"}, Role.VIEWER),
        ({"email": "ada@example.org", "email_verified": None}, Role.VIEWER),
        ({"email": ["ada@example.org"]}, Role.VIEWER),
        ({"email": "ed@example.org".replace("d", "ⅾ")}, Role.VIEWER),  # a Roman numeral that looks like a d
        ({"email": ""}, Role.VIEWER),
        ({"preferred_username": "ada@example.org"}, Role.VIEWER),
        ({"roles": "editor"}, Role.EDITOR),
        ({"roles": "viewer, Reviewer other"}, Role.REVIEWER),
        ({"roles": ["editor", "administrator"]}, Role.ADMINISTRATOR),
        ({"roles": ["superuser", "editors", ""]}, Role.VIEWER),
        ({"roles": {"administrator": True}}, Role.VIEWER),
        ({"roles": [1, "administrator"]}, Role.VIEWER),
        ({"roles": "editor", "email": "ada@example.org"}, Role.ADMINISTRATOR),
    ],
)
def test_the_highest_role_of_claim_and_lists_wins(claims: dict, role: Role) -> None:
    assert standing(**claims).person.role == role


def test_the_kelvin_sign_is_no_k() -> None:
    secrets = {"auth": AUTH, "roles": {"editors": ["kim@example.org"]}}
    assert standing(secrets, email="kim@example.org").person.role == Role.EDITOR
    assert standing(secrets, email="\u212aim@example.org").person.role == Role.VIEWER


@pytest.mark.parametrize(
    ("claim", "claims", "role"),
    [
        ("realm_access.roles", {"realm_access": {"roles": ["editor"]}}, Role.EDITOR),
        ("realm_access.roles", {"realm_access": "editor"}, Role.VIEWER),
        ("realm_access.roles", {"roles": ["editor"]}, Role.VIEWER),
        ("https://example.org/roles", {"https://example.org/roles": ["editor"]}, Role.EDITOR),
        ("groups", {"roles": ["editor"]}, Role.VIEWER),
    ],
)
def test_the_claim_may_lie_deeper_or_be_named_by_an_address(claim: str, claims: dict, role: Role) -> None:
    assert standing({"auth": AUTH, "roles": {"claim": claim}}, **claims).person.role == role


def test_an_empty_line_in_a_list_is_nobodys_address() -> None:
    found = standing(
        {"auth": AUTH, "roles": {"administrators": ["", " "]}}, email="ada@example.org", email_verified=False
    )
    assert found.person.role == Role.VIEWER


def test_without_role_settings_everybody_views() -> None:
    found = standing({"auth": AUTH}, roles=["administrator"], email="ada@example.org")
    assert (found.person.role, found.reason) == (Role.VIEWER, Reason.NO_ROLE)


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"email": "ada@example.org", "preferred_username": "ada"}, "ada@example.org"),
        ({"email": "ada@example.org", "email_verified": False, "preferred_username": "eve"}, "eve"),
        ({"preferred_username": "ada"}, "ada"),
        ({}, "42"),
        ({"preferred_username": "a\u202eda\n"}, "ada"),
        ({"preferred_username": "a" * 999}, "a" * 200),
    ],
)
def test_a_person_is_called_by_what_the_provider_vouches_for(claims: dict, name: str) -> None:
    assert standing(**claims).person.name == name


# ---- reasons ----


def test_who_has_a_role_finds_the_desk_open() -> None:
    assert standing(email="ed@example.org") == standing(local=True, email="ed@example.org")
    assert standing(email="ed@example.org").person == Person("ed@example.org", Role.EDITOR, local=False)
    assert standing(email="ed@example.org").reason == Reason.OPEN


@pytest.mark.parametrize("signed_in", [False, None, "true", 1])
def test_signed_out_is_a_viewer_even_at_this_machine(signed_in: object) -> None:
    found = standing(local=True, is_logged_in=signed_in, email="ada@example.org")
    assert found.person == Person("", Role.VIEWER, local=False)
    assert found.reason == Reason.SIGNED_OUT


@pytest.mark.parametrize(
    ("issued", "reason"),
    [
        (NOW, Reason.OPEN),
        (NOW - SIGN_IN_SECONDS, Reason.OPEN),
        (NOW - SIGN_IN_SECONDS - 1, Reason.LAPSED),
        (None, Reason.LAPSED),
        ("1800000000", Reason.LAPSED),
    ],
)
def test_a_sign_in_lapses(issued: object, reason: Reason) -> None:
    found = standing(iat=issued, email="ada@example.org")
    assert found.reason == reason
    assert found.person.role == (Role.ADMINISTRATOR if reason == Reason.OPEN else Role.VIEWER)


def test_without_a_provider_only_this_machine_gets_in() -> None:
    here = judge({}, {}, local=True, now=NOW)
    assert (here.person, here.reason) == (Person("", Role.ADMINISTRATOR, local=True), Reason.OPEN)
    elsewhere = judge({}, {}, local=False, now=NOW)
    assert (elsewhere.person, elsewhere.reason) == (Person("", Role.VIEWER, local=False), Reason.REMOTE)


def test_a_signed_cookie_without_a_provider_gives_nothing() -> None:
    assert standing({"roles": ROLES}, email="ada@example.org", roles="administrator").reason == Reason.REMOTE


def test_a_secrets_file_that_cannot_be_read_closes_this_machine_too() -> None:
    found = judge(None, {}, local=True, now=NOW)
    assert (found.person.role, found.reason) == (Role.VIEWER, Reason.UNREADABLE)


@pytest.mark.parametrize(
    ("secrets", "detail"),
    [
        ({"auth": {}}, "auth.redirect_uri, auth.cookie_secret, auth.client_id, auth.client_secret, auth.server_metadata_url"),
        ({"auth": "google"}, "auth"),
        ({"auth": AUTH, "roles": ["ada@example.org"]}, "roles"),
        ({"auth": AUTH | {"redirect_uri": "https://dashboard.example.org/"}}, "auth.redirect_uri"),
        ({"auth": AUTH | {"redirect_uri": "/oauth2callback"}}, "auth.redirect_uri"),
        ({"auth": AUTH | {"redirect_uri": "https://<address>/oauth2callback"}}, "auth.redirect_uri"),
        ({"auth": AUTH | {"cookie_secret": "xxx"}}, "auth.cookie_secret"),
        ({"auth": AUTH | {"cookie_secret": "<32 random characters or more, please>"}}, "auth.cookie_secret"),
        ({"auth": AUTH | {"cookie_secret": 12345678901234567890123456789012}}, "auth.cookie_secret"),
        ({"auth": AUTH | {"client_secret": " "}}, "auth.client_secret"),
        ({"auth": {key: AUTH[key] for key in AUTH if key != "server_metadata_url"}}, "auth.server_metadata_url"),
        ({"auth": AUTH, "roles": {"claim": ["roles"]}}, "roles.claim"),
        ({"auth": AUTH, "roles": {"editors": "ada@example.org"}}, "roles.editors"),
        ({"auth": AUTH, "roles": {"administrators": [1]}}, "roles.administrators"),
    ],
)  # fmt: skip
def test_half_a_configuration_closes_the_desk_and_says_what_is_missing(secrets: dict, detail: str) -> None:
    found = standing(secrets, local=True, email="ada@example.org", roles="administrator")
    assert found.person == Person("", Role.VIEWER, local=False)
    assert (found.reason, found.detail) == (Reason.INCOMPLETE, detail)


def test_providers_may_have_names() -> None:
    shared = {key: AUTH[key] for key in ("redirect_uri", "cookie_secret")}
    one = {key: AUTH[key] for key in ("client_id", "client_secret", "server_metadata_url")}
    assert providers(AUTH) == ("default",)
    assert providers(shared) == ()
    assert providers(shared | {"city": one, "bureau": one, "half": {"client_id": "x"}, "no_good": one}) == (
        "city",
        "bureau",
    )
    assert standing({"auth": shared | {"city": one}, "roles": ROLES}, email="ed@example.org").reason == Reason.OPEN


# ---- this machine ----

BROWSER = {
    "Host": "127.0.0.1:8501",
    "Origin": "http://127.0.0.1:8501",
    "Upgrade": "websocket",
    "User-Agent": "Mozilla/5.0",
}


@pytest.mark.parametrize(
    ("peer", "local"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("10.0.0.7", False),
        ("172.17.0.1", False),  # a container's host
        ("::ffff:10.0.0.7", False),
        ("fe80::1", False),
        ("0.0.0.0", False),
        ("localhost", False),
        ("", False),
        (None, False),  # a Unix socket: somebody else's server is on its other end
    ],
)
def test_the_peer_must_be_a_loopback_address(peer: str | None, local: bool) -> None:
    assert is_local(peer, BROWSER.items()) is local


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("localhost", True),
        ("LocalHost:8501", True),
        ("127.0.0.1", True),
        ("127.1.2.3:80", True),
        ("[::1]", True),
        ("[::1]:8501", True),
        ("[::ffff:7f00:1]:8501", True),
        ("dashboard.example.org", False),  # a name pointed at 127.0.0.1 (DNS rebinding)
        ("localhost.example.org", False),
        ("127.0.0.1.example.org:8501", False),
        ("example.org#127.0.0.1", False),
        ("user@127.0.0.1:8501", False),
        ("127.0.0.1:8501, example.org", False),
        ("0.0.0.0:8501", False),
        ("10.0.0.7:8501", False),
        ("[fe80::1]", False),
        ("::1", False),
        ("", False),
    ],
)
def test_the_host_must_be_a_loopback_name(host: str, local: bool) -> None:
    headers = BROWSER | {"Host": host, "Origin": f"http://{host}"}
    assert is_local("127.0.0.1", headers.items()) is local


def test_a_connection_without_a_host_or_with_two_is_not_local() -> None:
    assert not is_local("127.0.0.1", [])
    assert not is_local("127.0.0.1", [("Origin", "http://127.0.0.1:8501")])
    assert not is_local("127.0.0.1", [("Host", "127.0.0.1"), ("host", "example.org")])


@pytest.mark.parametrize(
    ("origin", "local"),
    [
        ("http://127.0.0.1:8501", True),
        ("https://127.0.0.1:8501", True),
        ("HTTP://127.0.0.1:8501", True),
        ("http://127.0.0.1:3000", False),  # another server on this machine
        ("http://localhost:8501", False),
        ("https://dashboard.example.org", False),  # a proxy that rewrites Host
        ("http://127.0.0.1:8501.example.org", False),
        ("null", False),
        ("", False),
    ],
)
def test_the_origin_must_be_the_page_itself(origin: str, local: bool) -> None:
    assert is_local("127.0.0.1", (BROWSER | {"Origin": origin}).items()) is local


def test_a_program_on_this_machine_needs_no_origin() -> None:
    assert is_local("127.0.0.1", [("Host", "localhost:8501")])
    assert not is_local("127.0.0.1", [*BROWSER.items(), ("Origin", "https://dashboard.example.org")])


@pytest.mark.parametrize(
    "header",
    [
        "Forwarded", "X-Forwarded-For", "x-forwarded-proto", "X-Forwarded-Host", "X-Real-IP", "Via", "CF-Connecting-IP", "CF-Ray",
        "True-Client-IP", "Fastly-Client-IP", "X-Client-IP", "X-Envoy-External-Address", "X-Original-Host", "WL-Proxy-Client-IP",
        "CDN-Loop", "X-Request-Id", "Remote-Addr",
    ],
)  # fmt: skip
@pytest.mark.parametrize("value", ["127.0.0.1", ""])
def test_whatever_a_proxy_adds_closes_the_desk(header: str, value: str) -> None:
    assert not is_local("127.0.0.1", (BROWSER | {header: value}).items())


def test_what_browsers_send_does_not() -> None:
    names = (
        "Accept-Language",
        "Cookie",
        "Cache-Control",
        "Pragma",
        "Sec-WebSocket-Key",
        "Sec-Fetch-Site",
        "DNT",
        "Priority",
    )
    assert is_local("127.0.0.1", (BROWSER | dict.fromkeys(names, "x")).items())


# ---- telling sign-ins apart ----


def test_a_sign_in_has_one_digest_however_its_claims_are_ordered() -> None:
    claims = {"sub": "ed", "iat": 1, "nonce": "n", "roles": ["a", "b"]}
    digest = sign_in_digest(claims)
    assert len(digest) == 64
    assert sign_in_digest(dict(reversed(claims.items()))) == digest
    assert sign_in_digest(claims | {"tokens": {"id": "x"}}) == digest


@pytest.mark.parametrize("change", [{"sub": "eve"}, {"iat": 2}, {"nonce": "m"}, {"auth_time": 1}])
def test_another_sign_in_has_another_digest(change: dict[str, object]) -> None:
    claims: dict[str, object] = {"sub": "ed", "iat": 1, "nonce": "n"}
    assert sign_in_digest(claims | change) != sign_in_digest(claims)
