"""Settings come from arguments, then the environment, then defaults, and are checked before any I/O."""

from __future__ import annotations

import math
from typing import Any
from uuid import UUID

import pytest

from instant_admin import ConfigurationError, RetryPolicy, Timeout
from instant_admin._core.settings import CLOUD_URL, Settings, as_timeout, read_settings

APP = "11111111-1111-4111-8111-111111111111"
OTHER = "99999999-9999-4999-8999-999999999999"
SECRET = "22222222-2222-4222-8222-222222222222"


def read(environ: dict[str, str] | None = None, **given: Any) -> Settings:
    arguments: dict[str, Any] = {
        "app_id": APP,
        "admin_token": SECRET,
        "base_url": None,
        "timeout": 40.0,
        "retry": None,
        "engine": "auto",
        "on_response": None,
        "converter": None,
    }
    return read_settings(**(arguments | given), environ=environ or {})


READ: dict[str, tuple[dict[str, str], dict[str, Any], str, Any]] = {
    "app id given": ({"INSTANT_APP_ID": OTHER}, {}, "app_id", APP),
    "app id from the environment": ({"INSTANT_APP_ID": OTHER}, {"app_id": None}, "app_id", OTHER),
    "app id with blanks": ({}, {"app_id": f" {APP}\n"}, "app_id", APP),
    "app id with blanks in the environment": ({"INSTANT_APP_ID": f"{APP} \n"}, {"app_id": None}, "app_id", APP),
    "app id as a UUID": ({}, {"app_id": UUID(APP)}, "app_id", APP),
    "app id in upper case stays": ({}, {"app_id": APP.replace("1", "A")}, "app_id", APP.replace("1", "A")),
    "no app id, local": ({}, {"app_id": None, "base_url": "local:"}, "app_id", None),
    "blank app id, local": ({"INSTANT_APP_ID": " "}, {"app_id": None, "base_url": "local:"}, "app_id", None),
    "token given": ({"INSTANT_APP_ADMIN_TOKEN": "x"}, {}, "admin_token", SECRET),
    "token from the environment": ({"INSTANT_APP_ADMIN_TOKEN": "x"}, {"admin_token": None}, "admin_token", "x"),
    "token from the other name": ({"INSTANT_ADMIN_TOKEN": "y"}, {"admin_token": None}, "admin_token", "y"),
    "first name wins": (
        {"INSTANT_ADMIN_TOKEN": "y", "INSTANT_APP_ADMIN_TOKEN": "x"},
        {"admin_token": None},
        "admin_token",
        "x",
    ),
    "blank first name does not win": (
        {"INSTANT_ADMIN_TOKEN": "y", "INSTANT_APP_ADMIN_TOKEN": " "},
        {"admin_token": None},
        "admin_token",
        "y",
    ),
    "token with a line break at its end": ({}, {"admin_token": f"{SECRET}\n"}, "admin_token", SECRET),
    "token with a line break in the environment": (
        {"INSTANT_APP_ADMIN_TOKEN": f"\t{SECRET}\r\n"},
        {"admin_token": None},
        "admin_token",
        SECRET,
    ),
    "token as a UUID": ({}, {"admin_token": UUID(SECRET)}, "admin_token", SECRET),
    "no token at all": ({}, {"admin_token": None}, "admin_token", None),
    "an empty token is none, whatever the environment": (
        {"INSTANT_APP_ADMIN_TOKEN": "x"},
        {"admin_token": ""},
        "admin_token",
        None,
    ),
    "blank token": ({}, {"admin_token": "  "}, "admin_token", None),
    "the cloud": ({}, {}, "base_url", CLOUD_URL),
    "blank address": ({"INSTANT_API_URI": "  "}, {"base_url": " "}, "base_url", CLOUD_URL),
    "address given": ({"INSTANT_API_URI": "http://b"}, {"base_url": "http://a"}, "base_url", "http://a"),
    "address from the environment": ({"INSTANT_API_URI": " http://b "}, {}, "base_url", "http://b"),
    "address with a slash": ({}, {"base_url": "https://a.example/"}, "base_url", "https://a.example"),
    "address with a path": ({}, {"base_url": "http://h:8888/base/"}, "base_url", "http://h:8888/base"),
    "address with blanks": ({}, {"base_url": " http://a\n"}, "base_url", "http://a"),
    "IPv6 address": ({}, {"base_url": "http://[::1]:8888"}, "base_url", "http://[::1]:8888"),
    "IDNA name": ({}, {"base_url": "https://xn--caf-dma.example"}, "base_url", "https://xn--caf-dma.example"),
    "local in memory": ({}, {"base_url": "local:"}, "local_path", ""),
    "local in a file": ({}, {"base_url": "local:dev.sqlite"}, "local_path", "dev.sqlite"),
    "local from the environment": ({"INSTANT_API_URI": "local:/tmp/x y.db"}, {}, "local_path", "/tmp/x y.db"),  # noqa: S108  nothing is opened
    "a server is not local": ({}, {}, "local_path", None),
    "seconds": ({}, {"timeout": 5}, "timeout", Timeout(total=5)),
    "a Timeout": ({}, {"timeout": Timeout(read=1)}, "timeout", Timeout(read=1)),
    "no limits": ({}, {"timeout": None}, "timeout", Timeout(total=None, connect=None)),
    "a policy": ({}, {"retry": RetryPolicy(max_attempts=1)}, "retry", RetryPolicy(max_attempts=1)),
}


@pytest.mark.parametrize(("environ", "given", "name", "value"), READ.values(), ids=READ)
def test_setting_is_read(environ: dict[str, str], given: dict[str, Any], name: str, value: Any) -> None:
    assert getattr(read(environ, **given), name) == value


async def _coroutine(value: Any) -> None:
    """Nobody awaits it."""


REFUSED: dict[str, tuple[dict[str, str], dict[str, Any], str]] = {
    "no app id": ({}, {"app_id": None}, "No app id: pass app_id=... or set INSTANT_APP_ID"),
    "empty app id": ({}, {"app_id": ""}, "No app id"),
    "blank app id in the environment": ({"INSTANT_APP_ID": " "}, {"app_id": None}, "No app id"),
    "app id that is no UUID": ({}, {"app_id": "my-app"}, "app_id must be a UUID, got 'my-app'"),
    "app id in the environment that is no UUID": ({"INSTANT_APP_ID": "x"}, {"app_id": None}, "must be a UUID"),
    "app id of another type": ({}, {"app_id": 5}, "app_id must be a UUID, got 5"),
    "local app id that is no UUID": ({}, {"app_id": "x", "base_url": "local:"}, "must be a UUID"),
    "token with a line break inside": ({}, {"admin_token": "a\nb"}, "line break inside"),
    "token beyond Latin-1": ({}, {"admin_token": "ż"}, "cannot be sent"),
    "token of bytes": ({}, {"admin_token": b"x"}, "admin_token must be text, got bytes"),
    "address of another type": ({}, {"base_url": 5}, "base_url must be text"),
    "address without scheme": ({}, {"base_url": "api.example.com"}, "base_url must be an http"),
    "address of another scheme": ({}, {"base_url": "ftp://a"}, "base_url must be an http"),
    "address without host": ({}, {"base_url": "http://"}, "base_url must be an http"),
    "address with a bad port": ({}, {"base_url": "http://a:b"}, "base_url must be an http"),
    "address with a port out of range": ({}, {"base_url": "http://a:70000"}, "base_url must be an http"),
    "address with port 0": ({}, {"base_url": "http://a:0"}, "base_url must be an http"),
    "address with a broken IPv6 host": ({}, {"base_url": "http://[::1"}, "base_url must be an http"),
    "address with a login": ({}, {"base_url": "http://u:p@a"}, "neither a login nor a query"),
    "address with a query": ({}, {"base_url": "http://a/?x=1"}, "neither a login nor a query"),
    "address with a fragment": ({}, {"base_url": "http://a/#x"}, "neither a login nor a query"),
    "address with a blank": ({}, {"base_url": "http://a/b c"}, "ASCII without blanks"),
    "address beyond ASCII": ({}, {"base_url": "http://café.example"}, "IDNA"),
    "address with a control character": ({}, {"base_url": "http://a/\x7f"}, "ASCII without blanks"),
    "unknown engine": ({}, {"engine": "aiohttp"}, "'auto', 'httpx' or 'pyreqwest', got 'aiohttp'"),
    "engine of another type": ({}, {"engine": ["httpx"]}, "engine must be"),
    "retry that is a number": ({}, {"retry": 3}, "retry must be a RetryPolicy or None, got int"),
    "callback that cannot be called": ({}, {"on_response": 5}, "on_response must be callable"),
    "callback that would be awaited": ({}, {"on_response": _coroutine}, "on_response must be a plain function: it is"),
    "converter that cannot be called": ({}, {"converter": {}}, "converter must be callable"),
    "timeout of zero": ({}, {"timeout": 0}, "timeout: total must be a positive number"),
    "negative timeout": ({}, {"timeout": -1}, "timeout: total"),
    "timeout of True": ({}, {"timeout": True}, "timeout: total"),
    "timeout of text": ({}, {"timeout": "5"}, "timeout: total"),
    "timeout of NaN": ({}, {"timeout": math.nan}, "timeout: total"),
}


@pytest.mark.parametrize(("environ", "given", "explanation"), REFUSED.values(), ids=REFUSED)
def test_setting_is_refused(environ: dict[str, str], given: dict[str, Any], explanation: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read(environ, **given)
    assert explanation in str(caught.value)


@pytest.mark.parametrize(
    "given",
    [{"admin_token": "s3cret\nline"}, {"base_url": "ftp://u:s3cret@host"}, {"base_url": "http://u:s3cret@host"}],
)
def test_refusal_does_not_show_a_secret(given: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read(**given)
    assert "s3cret" not in f"{caught.value!r}{caught.value}{caught.value.__cause__!r}{caught.value.__context__!r}"


def test_repr_shows_no_secret() -> None:
    assert SECRET not in repr(read())
    assert APP in repr(read())


@pytest.mark.parametrize("name", ["total", "connect", "read", "write", "pool"])
@pytest.mark.parametrize("value", [0, -1.5, math.nan, "1", True, pytest.param(10**5000, id="more than a float holds")])
def test_each_limit_of_a_timeout_is_checked(name: str, value: Any) -> None:
    with pytest.raises(ConfigurationError, match=f"timeout: {name} must be a positive number of seconds or None"):
        Timeout(**{name: value})


def test_timeout_may_be_infinite() -> None:
    assert as_timeout(math.inf) == Timeout(total=math.inf)


@pytest.mark.parametrize(
    "given",
    [{"max_attempts": 0}, {"initial_seconds": -1}, {"max_seconds": -0.1}],
    ids=lambda given: "negative " + next(iter(given)),
)
def test_each_number_of_a_retry_policy_is_checked(given: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match="retry: max_attempts starts at 1 and waits are not negative"):
        RetryPolicy(**given)
