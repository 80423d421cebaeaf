"""SQL that compares a stored value of an entity, as the server's database would.

`doc` has the values as stored and `sort` the keys of those that are typed and indexed; both by attribute slot. SQLite's
JSON functions read true as 1 and do not tell null from absence, hence the tests of `json_type`.
"""

# ruff: noqa: S608  statements are put together from own names and numbers; values are parameters

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from instant_admin.local.attributes import Attribute
from instant_admin.local.query.comparisons import Alike, Compared, Comparison, Different, Equal, StartsWith
from instant_admin.local.store.equality import equality_key
from instant_admin.local.store.stored_value import as_stored
from instant_admin.local.values import read_query_date, sort_value

NOTHING = "0"
_OPERATORS = {"$gt": ">", "$gte": ">=", "$lt": "<", "$lte": "<="}
_LARGEST_LONG = 2**63
"""From here on SQLite reads integers as doubles."""
_PLAIN_PARTS = re.compile(r"(?<!\\)[^%_\\\"\x00-\x1f]+")
_EXACT_KINDS = frozenset({"string", "boolean"})


class Parameters:
    """The parameters of one statement, by number."""

    def __init__(self) -> None:
        self.values: list[Any] = []

    def add(self, value: object) -> str:
        """Add a value; the result stands for it in the statement."""
        self.values.append(value)
        return f"?{len(self.values)}"

    def add_list(self, values: Sequence[object]) -> str:
        """Add a list; the result is a set of values."""
        if len(values) == 1:
            return f"({self.add(values[0])})"
        return f"(SELECT value FROM json_each({self.add(json.dumps(values))}))"


def literal(text: str) -> str:
    """A text in SQL."""
    return "'" + text.replace("'", "''") + "'"


def combined(word: str, tests: Sequence[str]) -> str:
    """Several tests joined by AND or OR, in halves: a long chain is deeper than SQLite allows."""
    if len(tests) == 1:
        return tests[0]
    middle = len(tests) // 2
    return f"({combined(word, tests[:middle])} {word} {combined(word, tests[middle:])})"


def sort_key(entity: str, attribute: Attribute) -> str:
    """What an entity sorts by; spelled as the expression indexes are."""
    return f"json_extract({entity}.sort, '$.\"{attribute.slot}\"')"


class ValueTests:
    """Tests of the entity that goes by an alias in a statement."""

    def __init__(self, app_key: int, parameters: Parameters, entity: str) -> None:
        self._app_key = app_key
        self._parameters = parameters
        self._entity = entity

    def test(self, attribute: Attribute, comparison: Comparison) -> str:
        """Whether the entity has a value that compares so."""
        if attribute.is_id:
            return f"({self._entity}.listed = 1 AND {self._id_test(comparison)})"
        if isinstance(comparison, Equal):
            return self._equal(attribute, comparison.values)
        if isinstance(comparison, Different):
            return self._different(attribute, comparison.value)
        if isinstance(comparison, Compared):
            return self._compared(attribute, comparison)
        assert isinstance(comparison, Alike), "prefixes are for ids"
        pattern = self._parameters.add(comparison.pattern)
        test = f"alike({pattern}, {self._value(attribute)}, {int(comparison.ignore_case)})"
        part = "" if comparison.ignore_case else _plain_part(comparison.pattern)
        if not part:
            return test
        # Most rows are told apart without reading their JSON, in which such a part stands as it is.
        return f"(instr({self._entity}.doc, {self._parameters.add(part)}) > 0 AND {test})"

    def presence(self, attribute: Attribute, *, is_set: bool) -> str:
        """Whether the entity has an `id`, and a value that is not null or none."""
        if attribute.is_id:
            return f"{self._entity}.listed = 1" if is_set else NOTHING
        null = "IS NOT NULL" if is_set else "IS NULL"
        return f"({self._entity}.listed = 1 AND {self._value(attribute)} {null})"

    def has_triple(self, attribute: Attribute) -> str:
        """Whether anything is stored for the entity, a null included."""
        return f"{self._kind(attribute)} IS NOT NULL"

    def is_null(self, attribute: Attribute) -> str:
        """Whether the entity's stored value is null, as an index of the server finds it."""
        if attribute.unique and attribute.indexed and attribute.checked_data_type is None:
            return NOTHING  # the index that the server uses there has no nulls (vectors of equality)
        return f"{self._kind(attribute)} = 'null'"

    def _equal(self, attribute: Attribute, values: Iterable[Any]) -> str:
        given = list(values)
        known = [value for value in given if value is not None]
        tests = [self.is_null(attribute)] if len(known) < len(given) else []
        if known:
            same = self._same_key(attribute, known) if attribute.has_sort_key else self._same_value(attribute, known)
            tests.append(self._held(attribute, known) + same)
        return f"({' OR '.join(tests)})" if tests else NOTHING

    def _held(self, attribute: Attribute, values: Sequence[Any]) -> str:
        """A first test by the values of a unique attribute, which finds the entity at once."""
        by_key = attribute.has_sort_key and attribute.checked_data_type not in _EXACT_KINDS
        if not attribute.unique or by_key:
            return ""
        keys = self._parameters.add_list([equality_key(value) for value in values])
        return (
            f"{self._entity}.id IN (SELECT id FROM unique_value WHERE app = {self._app_key}"
            f" AND attr = {attribute.key} AND value IN {keys}) AND "
        )

    def _same_key(self, attribute: Attribute, values: Sequence[Any]) -> str:
        keys = [_query_key(attribute, value) for value in values]
        same = f"{self._sort_key(attribute)} IN {self._parameters.add_list(_finite(keys))}"
        if attribute.checked_data_type != "string":
            return same
        return f"({same} AND {self._value(attribute)} IN {self._parameters.add_list(values)})"

    def _same_value(self, attribute: Attribute, values: Sequence[Any]) -> str:
        texts = [value for value in values if isinstance(value, str)]
        truths = {value for value in values if isinstance(value, bool)}
        numbers = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
        tests = [f"({self._kind(attribute)} = '{str(truth).lower()}')" for truth in truths]
        if texts:
            same = f"{self._value(attribute)} IN {self._parameters.add_list(texts)}"
            tests.append(f"({self._kind(attribute)} = 'text' AND {same})")
        tests += self._same_number(attribute, numbers)
        return f"({' OR '.join(tests)})" if tests else NOTHING

    def _same_number(self, attribute: Attribute, numbers: Sequence[float]) -> Iterable[str]:
        stored = [as_stored(number) for number in _finite(numbers)]
        small = [number for number in stored if abs(number) < _LARGEST_LONG]
        if small:
            same = f"{self._value(attribute)} IN {self._parameters.add_list(small)}"
            yield f"({self._kind(attribute)} IN ('integer', 'real') AND {same})"
        for number in stored:
            if abs(number) >= _LARGEST_LONG:  # a whole one, stored with all its digits
                digits = self._parameters.add(str(number))
                yield f"({self._entity}.doc -> '$.\"{attribute.slot}\"' = {digits})"

    def _different(self, attribute: Attribute, value: Any) -> str:
        null = self.is_null(attribute)
        if attribute.has_sort_key:
            return f"({null} OR NOT {self._same_key(attribute, [value])})"
        kind = self._kind(attribute)
        return f"({null} OR ({kind} <> 'null' AND NOT {self._same_value(attribute, [value])}))"

    def _compared(self, attribute: Attribute, comparison: Compared) -> str:
        key = self._parameters.add(_query_key(attribute, comparison.value))
        test = f"{self._sort_key(attribute)} {_OPERATORS[comparison.operator]} {key}"
        # The server compares texts as jsonb, where null is below all of them (recording query_range_string).
        if attribute.checked_data_type == "string" and comparison.operator in ("$lt", "$lte"):
            return f"({test} OR {self.is_null(attribute)})"
        return test

    def _id_test(self, comparison: Comparison) -> str:
        id = f"{self._entity}.id"
        if isinstance(comparison, Equal):
            ids = [value for value in comparison.values if isinstance(value, str)]
            return f"{id} IN {self._parameters.add_list(ids)}" if ids else NOTHING
        if isinstance(comparison, Different):
            return f"{id} IS NOT {self._parameters.add(comparison.value)}" if isinstance(comparison.value, str) else "1"
        assert isinstance(comparison, StartsWith), "an id is not ordered"
        prefix = self._parameters.add(comparison.prefix)
        return f"substr({id}, 1, length({prefix})) = {prefix}"

    def _value(self, attribute: Attribute) -> str:
        return f"json_extract({self._entity}.doc, '$.\"{attribute.slot}\"')"

    def _kind(self, attribute: Attribute) -> str:
        return f"json_type({self._entity}.doc, '$.\"{attribute.slot}\"')"

    def _sort_key(self, attribute: Attribute) -> str:
        return sort_key(self._entity, attribute)


def _query_key(attribute: Attribute, value: Any) -> object:
    """What a value of a query sorts by among the stored ones."""
    data_type = attribute.checked_data_type
    assert data_type is not None, "only typed attributes have sort keys"
    if data_type == "date":
        return read_query_date(value, words=True)
    return sort_value(data_type, value)


def _finite(numbers: Iterable[Any]) -> list[Any]:
    """Without infinities: no stored number is one."""
    return [number for number in numbers if number not in (float("inf"), float("-inf"))]


def _plain_part(pattern: str) -> str:
    """The longest part of a `$like` pattern that stands for itself, in a text and in its JSON form."""
    return max(_PLAIN_PARTS.findall(pattern), key=len, default="")
