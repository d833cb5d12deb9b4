"""Who may do what, as tables: settings, claims, addresses and headers in, a role or a reason out."""

import pytest

from ui.auth.identity import SIGN_IN_SECONDS, Person, Reason, Role, judge, providers, sign_in_digest

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
