"""Requests find their handler, and handlers their parameters."""

from __future__ import annotations

import pytest

from instant_admin.local import coerce
from instant_admin.local.errors import Refusal
from instant_admin.local.router import Call, Router
from instant_admin.local.wire import Request


def _router(*paths: str) -> Router:
    router = Router()
    for path in paths:
        router.add("GET", path, lambda _, path=path: path)  # type: ignore[misc]  # mypy cannot infer a lambda's default
    return router


def _found(router: Router, path: str) -> tuple[str, dict[str, str]] | None:
    found = router.find("GET", path)
    return found and (found[0].handler(None), found[1])  # type: ignore[return-value]  # the handlers return their path


def test_literal_segments_go_before_parameters() -> None:
    router = _router("/dash/apps/{app_id}/status", "/dash/apps/ephemeral/{app_id}", "/dash/apps/ephemeral/new")

    assert _found(router, "/dash/apps/ephemeral/new") == ("/dash/apps/ephemeral/new", {})
    assert _found(router, "/dash/apps/ephemeral/1") == ("/dash/apps/ephemeral/{app_id}", {"app_id": "1"})
    assert _found(router, "/dash/apps/1/status") == ("/dash/apps/{app_id}/status", {"app_id": "1"})


@pytest.mark.parametrize("path", ["/a/1/", "/a", "/a/1/b", "a/1", "/b/1", ""])
def test_other_paths_are_not_found(path: str) -> None:
    assert _router("/a/{id}").find("GET", path) is None


def test_last_parameter_may_be_all_the_rest_of_the_path() -> None:
    router = _router("/events/{id}/{isn*}", "/events/{id}/all")

    assert _found(router, "/events/1/0/328/A") == ("/events/{id}/{isn*}", {"id": "1", "isn": "0/328/A"})
    assert _found(router, "/events/1/0%2F328%2fA") == ("/events/{id}/{isn*}", {"id": "1", "isn": "0/328/A"})
    assert _found(router, "/events/1/all") == ("/events/{id}/all", {"id": "1"})
    assert _found(router, "/events/1") is None


def test_other_methods_are_not_found() -> None:
    assert _router("/a").find("POST", "/a") is None


def test_parameters_of_the_path_are_decoded() -> None:
    assert _found(_router("/a/{id}"), "/a/x%2Fy%20z") == ("/a/{id}", {"id": "x/y z"})


def _call(body: bytes = b"", *query: tuple[str, str]) -> Call:
    request = Request("POST", "/", query, {"content-type": "application/json"}, body)
    return Call(None, request)  # type: ignore[arg-type]  # no instance is needed to read parameters


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"n": null}', b'{"n": false}'])
def test_required_key_is_missed(body: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        _call(body).required("n", coerce.as_text)

    assert (caught.value.type, caught.value.hint) == ("param-missing", {"in": ["body", "n"]})


def test_unreadable_key_is_malformed_whether_required_or_not() -> None:
    call = _call(b'{"n": 5}')
    for read in (call.required, call.optional):
        with pytest.raises(Refusal) as caught:
            read("n", coerce.as_text)
        assert (caught.value.type, caught.value.hint) == (
            "param-malformed",
            {"in": ["body", "n"], "original-input": 5},
        )


def test_optional_key_may_be_absent_null_or_false() -> None:
    assert [_call(body).optional("n", coerce.as_text) for body in (b"{}", b'{"n": null}', b'{"n": false}')] == [
        None
    ] * 3


def test_parameter_of_the_query_is_read_missed_and_malformed() -> None:
    call = _call(b"", ("a", " x "), ("b", " "), ("c", "1"), ("c", "2"))

    assert call.required_parameter("a", coerce.as_non_blank) == "x"
    assert call.optional_parameter("d", coerce.as_non_blank) is None
    for name, given in (("b", " "), ("c", ["1", "2"])):
        with pytest.raises(Refusal) as caught:
            call.required_parameter(name, coerce.as_non_blank)
        assert caught.value.hint == {"in": ["params", name], "original-input": given}
    with pytest.raises(Refusal, match="param-missing"):
        call.required_parameter("d", coerce.as_non_blank)
