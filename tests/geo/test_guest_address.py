"""Whether guests can open an address."""

import pytest

from geo.guest_address import reaches_guests


@pytest.mark.parametrize("address", ["https://dashboard.gz.example/briefing", "http://10.0.3.7:8501/briefing"])
def test_names_and_addresses_of_other_machines_reach_guests(address: str) -> None:
    assert reaches_guests(address)


@pytest.mark.parametrize(
    "address",
    ["http://127.9.9.9/", "http://[::1]:8501/", "http://app.localhost/", "file:///story.html", "http://[bad/", ""],
)
def test_this_machine_and_what_is_not_of_the_web_do_not(address: str) -> None:
    assert not reaches_guests(address)
