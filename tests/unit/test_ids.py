"""Ids are UUIDs, new or stable; lookups stand in their place."""

from __future__ import annotations

import subprocess
import sys
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

import instant_admin
from instant_admin import InvalidArgumentError, Lookup, lookup, new_id, stable_id
from instant_admin._core.ids import check_uuid, parse_lookup

ID = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"


class Text(str):
    def __str__(self) -> str:
        return "wrong"


def test_new_id_is_a_random_uuid() -> None:
    ids = {new_id() for _ in range(100)}
    assert len(ids) == 100
    assert {UUID(one).version for one in ids} == {4}
    assert all(one == str(UUID(one)) for one in ids)


def test_id_is_upstreams_name_for_new_id() -> None:
    assert instant_admin.id is new_id


def test_stable_id_is_the_same_in_every_process() -> None:
    assert stable_id("stripe", "cus_123") == "40976cbf-12de-5b53-a480-92a9ca848053"
    program = "from instant_admin import stable_id; print(stable_id('stripe', 'cus_123'))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == stable_id("stripe", "cus_123")


def test_stable_id_compares_parts_by_their_text() -> None:
    assert stable_id("users", 7) == stable_id("users", "7")
    assert stable_id(UUID(ID)) == stable_id(ID)


def test_stable_id_tells_parts_apart() -> None:
    assert len({stable_id("a", "b"), stable_id("ab"), stable_id("a,b"), stable_id("b", "a"), stable_id('a", "b')}) == 5


def test_stable_id_needs_a_part() -> None:
    with pytest.raises(InvalidArgumentError, match="at least one part"):
        stable_id()


@given(st.lists(st.text(), min_size=1), st.lists(st.text(), min_size=1))
def test_stable_ids_are_equal_only_for_equal_parts(one: list[str], other: list[str]) -> None:
    assert (stable_id(*one) == stable_id(*other)) == (one == other)


@pytest.mark.parametrize("value", [ID, ID.upper(), UUID(ID), Text(ID)])
def test_uuid_is_accepted_as_text_and_object(value: object) -> None:
    text = check_uuid(value, "id")
    assert type(text) is str
    assert text.lower() == ID


@given(st.text())
def test_other_text_is_no_uuid(text: str) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^the id must be a UUID"):
        check_uuid(text, "the id")


def test_long_text_is_cut_in_the_explanation() -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        check_uuid("x" * 10_000, "id")
    assert len(str(caught.value)) < 400


def test_lookup_shows_its_parts() -> None:
    found = lookup("slug", ["a", 1])
    assert isinstance(found, Lookup)
    assert (found.attribute, found.value) == ("slug", ["a", 1])
    with pytest.raises(AttributeError):
        found.attribute = "other"  # type: ignore[misc]  # that is what is tested


@pytest.mark.parametrize("text", ["", "slug", "lookup_slug__1", "LOOKUP__slug__1", ' lookup__slug__"a"'])
def test_other_text_is_no_lookup(text: str) -> None:
    assert parse_lookup(text) is None


@pytest.mark.parametrize(
    "text", ["lookup__", "lookup__slug", "lookup__slug__", "lookup__slug__nope", "lookup__a__b__1"]
)
def test_broken_lookup_is_refused(text: str) -> None:
    with pytest.raises(InvalidArgumentError, match=r"is no lookup: expected lookup__<attribute>__<json value>"):
        parse_lookup(text)


_names = st.text(min_size=1).filter(lambda name: "__" not in name and not name.endswith("_"))


@given(_names, st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text()))
def test_link_value_of_a_lookup_reads_back(attribute: str, value: object) -> None:
    text = lookup(attribute, value).as_link_value()
    assert isinstance(text, str)
    assert parse_lookup(text) == lookup(attribute, value)
