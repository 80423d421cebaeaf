"""Which addresses a webhook can have, and which numbers events."""

from __future__ import annotations

import pytest

from instant_admin.local.webhooks.addresses import is_example, why_refused
from instant_admin.local.webhooks.isn import isn_text, read_isn

HTTPS = "The Webhook url must be https"
LOCALHOST = "The Webhook url must be a public url, localhost is not allowed."
UNRESOLVED = "Could not resolve URL."
INVALID = "Invalid URL."

REFUSED = {
    "http://hooks.example.com/in": HTTPS,
    "HTTPS://hooks.example.com/in": HTTPS,
    "hooks.example.com/in": HTTPS,
    "ftp://127.0.0.1/": HTTPS,
    "http://10.0.0.1/": HTTPS,
    "http://localhost.example.com/": HTTPS,
    "HTTP://localhost/": HTTPS,
    "https://localhost:8443/in": LOCALHOST,
    "https://LOCALHOST/": LOCALHOST,
    "https://127.0.0.1/in": LOCALHOST,
    "https://127.0.0.2/in": UNRESOLVED,
    "https://127.1/in": UNRESOLVED,
    "https://2130706433/": UNRESOLVED,
    "https://10.1.2.3/": UNRESOLVED,
    "https://172.16.0.1/": UNRESOLVED,
    "https://172.31.255.255/": UNRESOLVED,
    "https://192.168.1.9/": UNRESOLVED,
    "https://169.254.169.254/": UNRESOLVED,
    "https://0.0.0.0/": UNRESOLVED,
    "https://[::1]/in": UNRESOLVED,
    "https://[::]/": UNRESOLVED,
    "https://[fe80::1]/": UNRESOLVED,
    "https://[fd00::1]/": UNRESOLVED,
    "https://[::ffff:10.0.0.1]/": UNRESOLVED,
    "https://missing.invalid/in": UNRESOLVED,
    "https://db.internal/": UNRESOLVED,
    "https://printer.local./": UNRESOLVED,
    "https://app.localhost/": UNRESOLVED,
    "https://intranet/": UNRESOLVED,
    "https://": INVALID,
    "https:///in": INVALID,
    "https://no where.example.com/": INVALID,
    "https://hooks.example.com/a b": INVALID,
    "https://hooks.example.com/%zz": INVALID,
    "https://hooks.example.com/<x>": INVALID,
    "https://-hooks.example.com/": INVALID,
    "https://a_b.example.com/": INVALID,
    "https://hooks.example.com:port/": INVALID,
    "https://[::1/": INVALID,
}

TAKEN = (
    "https://hooks.example.com",
    "https://hooks.example.com:8443/in?x=1#y",
    "https://HOOKS.example.com/in",
    "https://u:p@hooks.example.com/in",
    "https://hooks.example.com/a%20b",
    "https://hooks.example.com/grüße",
    "https://hooks.example.com./",
    "https://localhost.example.com/in",
    "https://93.184.215.14/in",
    "https://172.32.0.1/",
    "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
)

TAKEN_ONLY_HERE = (
    "http://localhost",
    "http://localhost:3000/api/hooks?x=1",
    "http://LocalHost:3000/",
    "http://127.0.0.1:3000/in",
    "http://127.8.0.1/",
    "http://[::1]:3000/in",
    "http://u:p@127.0.0.1/",
)


@pytest.mark.parametrize(("url", "reason"), REFUSED.items())
def test_address_is_refused(url: str, reason: str) -> None:
    assert why_refused(url) == reason


@pytest.mark.parametrize("url", TAKEN)
def test_address_is_taken(url: str) -> None:
    assert why_refused(url) is None


@pytest.mark.parametrize("url", TAKEN_ONLY_HERE)
def test_plain_http_at_this_machine_is_taken_as_a_real_server_does_not(url: str) -> None:
    assert why_refused(url) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://hooks.example.com/", True),
        ("https://EXAMPLE.org./", True),
        ("https://a.test/", True),
        ("https://example.com.de/", False),
        ("https://myexample.com/", False),
        ("http://localhost/", False),
        ("https://93.184.215.14/", False),
    ],
)
def test_names_that_are_only_examples_are_known(url: str, expected: bool) -> None:
    assert is_example(url) is expected


@pytest.mark.parametrize("number", [1, 2, 2**32 - 1, 2**32, 2**40])
def test_number_of_an_event_is_read_as_it_is_written(number: int) -> None:
    text = isn_text(number)
    assert (read_isn(text), read_isn(text.lower()), read_isn(text.removeprefix("0/"))) == (number, number, number)


def test_numbers_are_written_in_three_upper_case_parts() -> None:
    assert isn_text(0xABC) == "0/328/ABC"


@pytest.mark.parametrize("text", ["", "0", "x", "0/x/2", "Z/1/2", "0/1/2/3", "0//2", "-1/2", "0/1/2 ", "٣/1"])
def test_text_is_no_number(text: str) -> None:
    assert read_isn(text) is None


@pytest.mark.parametrize("text", ["0/1", "0/1/2", "1/328/5", "FFFFFFFFFFFFFFFFFF/0", "0/0/FFFFFFFFFFFFFFFFFF"])
def test_number_is_nobodys(text: str) -> None:
    assert read_isn(text) == 0
