# Derived from tests/client/_async/test_streams_local.py by scripts/generate_sync.py (make sync). Do not edit.
"""Streams against the local Instant, in this process and over HTTP."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from instant_admin import (
    AuthenticationError,
    InstantAdmin,
    PermissionDeniedError,
    StreamError,
    UpdateTimeoutError,
    ValidationFailedError,
)
from instant_admin.local import LocalInstant
from tests.client._sync.flavour import together

SOON = 10.0
RULES: dict[str, Any] = {
    "$streams": {"allow": {"create": "ruleParams.key == 'open'", "view": "ruleParams.key != null"}}
}


@pytest.fixture(params=["in process", "over HTTP"])
def db(request: pytest.FixtureRequest) -> InstantAdmin:
    """A client of an app of its own; each test closes it."""
    if request.param == "in process":
        instance = request.getfixturevalue("instance")
        return InstantAdmin.local(instance=instance, app=instance.create_app(rules=RULES))
    served = request.getfixturevalue("served")
    wanted = {"title": "streams", "rules": {"code": RULES}}
    made = httpx.post(f"{served.url}/dash/apps/ephemeral", json=wanted).json()["app"]
    return InstantAdmin(made["id"], made["admin-token"], base_url=served.url)


def test_stream_is_read_while_and_after_it_is_written(db: InstantAdmin) -> None:
    with db:
        with db.streams.write("log") as writer:
            writer.write("héllo ")
            stream_id = writer.get_stream_id(SOON)
            with db.streams.read("log") as follower:
                assert follower.next(timeout=SOON) == "héllo "
                writer.write("wörld")
                assert follower.next(timeout=SOON) == "wörld"
                writer.close()
                assert follower.next(timeout=SOON) is None
                assert follower.abort_reason is None
        with db.streams.read(stream_id=stream_id, byte_offset=7) as reader:
            assert (reader.read(), reader.stream_id) == ("wörld", stream_id)
        found = (db.query({"$streams": {}}))["$streams"]
    assert [(row["clientId"], row["size"], row["done"]) for row in found] == [("log", 13, True)]


def test_abort_reason_reaches_followers_and_late_readers(db: InstantAdmin) -> None:
    with db:
        with db.streams.write("log") as writer:
            writer.write("x")
            writer.get_stream_id(SOON)
            with db.streams.read("log") as follower:
                assert follower.next(timeout=SOON) == "x"
                writer.abort("own reason")
                assert (follower.next(timeout=SOON), follower.abort_reason) == (None, "own reason")
        with db.streams.read("log") as reader:
            assert (reader.read(), reader.abort_reason) == ("x", "own reason")


def test_empty_stream_is_a_stream(db: InstantAdmin) -> None:
    with db:
        with db.streams.write("log"):
            pass
        with db.streams.read("log") as reader:
            assert (reader.next(timeout=SOON), reader.is_done) == (None, True)


def test_long_stream_comes_back_as_it_was(db: InstantAdmin) -> None:
    text = "日本語😀 and more\n" * 2000
    with db:
        with db.streams.write("long") as writer:
            for _ in range(80):
                writer.write(text)
        assert writer.durable_offset == 80 * len(text.encode())
        with db.streams.read("long") as reader:
            assert reader.read() == text * 80
            assert reader.offset == writer.offset


def test_twenty_writers_and_their_readers_share_two_sessions(db: InstantAdmin) -> None:
    with db:

        def write(index: int) -> None:
            with db.streams.write(f"log-{index}") as writer:
                for count in range(20):
                    writer.write(f"{index}:{count} ")

        def read(index: int) -> str:
            with db.streams.read(f"log-{index}") as reader:
                return reader.read()

        together(20, write)
        texts = together(20, read)
    assert texts == ["".join(f"{index}:{count} " for count in range(20)) for index in range(20)]


def test_rules_decide_for_users(db: InstantAdmin) -> None:
    with db:
        guest = db.as_user(guest=True)
        with pytest.raises(PermissionDeniedError):
            with guest.streams.write("no"):
                pass
        with guest.streams.write("yes", rule_params={"key": "open"}) as writer:
            writer.write("x")
        with pytest.raises(PermissionDeniedError):
            with guest.streams.read("yes") as reader:
                reader.read()
        with guest.streams.read("yes", rule_params={"key": "any"}) as reader:
            assert reader.read() == "x"


def test_errors_of_the_server_are_raised(db: InstantAdmin) -> None:
    with db:
        with db.streams.write("log"):
            pass
        with pytest.raises(ValidationFailedError, match="Reconnect token is invalid"):
            with db.streams.write("log"):
                pass
        with pytest.raises(ValidationFailedError, match="Stream is missing"):
            with db.streams.read("nothing") as reader:
                reader.read()


def test_session_with_wrong_credentials_is_refused(db: InstantAdmin) -> None:
    with db:
        with pytest.raises(AuthenticationError):
            with db.as_user(email="nobody@b.co").streams.read("log") as reader:
                reader.read()


def test_deleted_stream_frees_its_name(db: InstantAdmin) -> None:
    with db:
        for text in ("one", "two"):
            with db.streams.write("log") as writer:
                writer.write(text)
            with db.streams.read("log") as reader:
                assert reader.read() == text
            db.transact(db.tx["$streams"][writer.get_stream_id()].delete())


def test_sessions_that_the_server_ends_lose_nothing(instance: LocalInstant) -> None:
    app = instance.create_app()
    text = "0123456789é" * 3000
    with InstantAdmin.local(instance=instance, app=app) as db:
        with db.streams.write("log") as writer:
            writer.get_stream_id(SOON)
            with db.streams.read("log") as reader:
                read = ""
                for count in range(60):
                    writer.write(text)
                    if count % 20 == 10:
                        while len(read) < len(text) * (count - 5):
                            read += reader.next(timeout=SOON) or ""
                        instance.control.end_streams(app)
                writer.close()
                read += reader.read()
        with db.streams.read("log") as late:
            assert late.read() == text * 60
    assert read == text * 60


def test_writer_of_another_process_goes_on_with_the_token(instance: LocalInstant) -> None:
    app = instance.create_app()
    with InstantAdmin.local(instance=instance, app=app) as db:
        first = db.streams.write("log")
        first.__enter__()
        first.write("x" * 1_100_000)
        while first.durable_offset == 0:
            with db.streams.read("log") as reader:
                reader.next(timeout=SOON)
    with InstantAdmin.local(instance=instance, app=app) as db:
        with db.streams.write("log", reconnect_token=first.reconnect_token) as second:
            second.get_stream_id(SOON)
            begin = second.offset
            second.write("y")
        with db.streams.read("log") as reader:
            assert reader.read() == "x" * begin + "y"
    assert begin == first.durable_offset > 0


def test_two_writers_of_one_stream_do_not_both_believe_to_be_alone(instance: LocalInstant) -> None:
    app = instance.create_app()
    with InstantAdmin.local(instance=instance, app=app) as db:
        first = db.streams.write("log")
        first.__enter__()
        first.write("first")
        first.get_stream_id(SOON)
        with db.streams.write("log", reconnect_token=first.reconnect_token) as second:
            second.write("second")
        with pytest.raises((StreamError, ValidationFailedError)):  # noqa: PT012  leaving the block raises
            first.write("more")
            first.close()


def test_stream_without_its_writer_is_waited_for_as_long_as_the_caller_says(instance: LocalInstant) -> None:
    app = instance.create_app()
    with InstantAdmin.local(instance=instance, app=app) as gone:
        writer = gone.streams.write("log")
        writer.__enter__()
        writer.write("x")
        with gone.streams.read("log") as reader:
            writer.get_stream_id(SOON)
            reader.next(timeout=SOON)
    with InstantAdmin.local(instance=instance, app=app) as db, db.streams.read("log", timeout=0.1) as reader:
        with pytest.raises(UpdateTimeoutError):
            reader.read()
