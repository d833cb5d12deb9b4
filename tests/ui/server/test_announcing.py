"""The start says where the dashboard is."""

import pytest

from ui.server import announcing


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::"])
def test_a_server_on_all_addresses_names_the_one_of_this_computer(monkeypatch: pytest.MonkeyPatch, address) -> None:
    monkeypatch.setattr(announcing, "get_url", lambda host: f"http://{host}:1")
    assert announcing.announcement(address) == (
        "The dashboard is at http://localhost:1, and at every address of this computer."
    )


def test_a_server_on_one_address_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcing, "get_url", lambda host: f"http://{host}:1")
    assert announcing.announcement("10.0.0.5") == "The dashboard is at http://10.0.0.5:1"
