"""Addresses of one network are counted together."""

import pytest

from ui.server.addresses import client_of, owner_of


@pytest.mark.parametrize(
    ("address", "owner"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("2001:db8:1:3::9", "2001:db8:1:3::"),
        ("", ""),
        ("testclient", "testclient"),
    ],
)
def test_addresses_of_one_network_count_together(address: str, owner: str) -> None:
    assert owner_of(address) == owner


def test_the_client_of_a_connection_is_its_network() -> None:
    assert client_of({"type": "http", "client": ("2001:db8:1:2:3:4:5:6", 1)}) == "2001:db8:1:2::"


def test_who_comes_through_a_unix_socket_has_no_address() -> None:
    assert client_of({"type": "http", "client": None}) == ""
