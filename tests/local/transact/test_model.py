"""Random transactions against a model of the rules that knows nothing of SQL: entities are dictionaries."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, note
from hypothesis import strategies as st

from instant_admin.local import LocalInstant
from tests.local.shapes import Json, eid, link, new_app, value, write
from tests.local.support import AdminCalls

ETYPES = ("a", "b")
IDS = [eid(number) for number in range(1, 5)]
LINKS = {("a", "up"): ("a", "down"), ("a", "owns"): ("b", "owner"), ("b", "pals"): ("b", "palsOf")}
"""`up` is has-one and cascades from target to source; `owns` is has-one at its far end and cascades there."""
HAS_ONE = {("a", "up")}
HAS_ONE_BACK = {("a", "owns")}


class RefusedError(Exception):
    """The model refuses a call, by the type of the server's error."""


@dataclass
class Model:
    """The data of an app: plain values by namespace and id, and links as they are stored."""

    entities: dict[tuple[str, str], Json] = field(default_factory=dict)
    links: dict[tuple[str, str], set[tuple[str, str]]] = field(default_factory=lambda: {name: set() for name in LINKS})

    def transact(self, steps: list[list[Any]]) -> Model:
        """The data after a call.

        Raises:
            RefusedError: It is refused.
        """
        after = copy.deepcopy(self)
        groups = _groups(steps)
        self._check_existence(steps)
        doomed = self._cascade([(etype, id) for _, etype, id in groups.get("delete", [])])
        for kind, operations in groups.items():
            getattr(after, f"_{kind}")(doomed if kind == "delete" else operations)
        after._check_required({(etype, id) for _, etype, id, *_ in (op for ops in groups.values() for op in ops)}, self)
        return after

    def exists(self, etype: str, id: str) -> bool:
        return (etype, id) in self.entities or any(
            source == id for name, pairs in self.links.items() if name[0] == etype for source, _ in pairs
        )

    def _check_existence(self, steps: list[list[Any]]) -> None:
        if any(step[0] == "create" and self.exists(step[1], step[2]) for step in steps):
            raise RefusedError("exists")
        if any(len(step) == 5 and not self.exists(step[1], step[2]) for step in steps):
            raise RefusedError("missing")

    def _cascade(self, roots: list[tuple[str, str]]) -> list[tuple[str, str]]:
        reached = list(dict.fromkeys(roots))
        for etype, id in reached:
            more = [("a", source) for source, target in self.links["a", "up"] if (etype, id) == ("a", target)]
            more += [("b", target) for source, target in self.links["a", "owns"] if (etype, id) == ("a", source)]
            reached += [key for key in dict.fromkeys(more) if key not in reached]
        return reached

    def _value(self, operations: list[tuple[Any, ...]]) -> None:
        single: dict[tuple[str, str, str], Any] = {}
        many: list[tuple[str, str, str, str]] = []
        for _, etype, id, label, given_value in operations:
            if (etype, label) in LINKS and (etype, label) not in HAS_ONE:
                many.append((id, etype, label, given_value))
            else:
                single[etype, id, label] = given_value
        rows = sorted(((id, etype, label, given) for (etype, id, label), given in single.items()), key=lambda r: r[0])
        for id, etype, label, given_value in [*rows, *sorted(many, key=lambda row: row[0])]:
            self._write(etype, id, label, given_value)

    def _write(self, etype: str, id: str, label: str, given_value: Any) -> None:
        if (etype, label) in LINKS:
            pairs = self.links[etype, label]
            if (etype, label) in HAS_ONE_BACK and any(t == given_value and s != id for s, t in pairs):
                raise RefusedError("record-not-unique")
            if (etype, label) in HAS_ONE:
                pairs -= {pair for pair in pairs if pair[0] == id}
            pairs.add((id, given_value))
            return
        if label == "num" and not isinstance(given_value, int | None):
            raise RefusedError("type")
        if label == "id":
            entity = self.entities.setdefault((etype, id), {})
            if "id" not in entity:
                entity["id"] = id
                entity.setdefault("name", None)
            return
        if label == "name" and given_value is not None and self._holder(etype, given_value) not in (None, id):
            raise RefusedError("record-not-unique")
        self.entities.setdefault((etype, id), {})[label] = given_value

    def _holder(self, etype: str, name: Any) -> str | None:
        held = [key[1] for key, entity in self.entities.items() if key[0] == etype and entity.get("name") == name]
        return held[0] if held else None

    def _merge(self, operations: list[tuple[Any, ...]]) -> None:
        merged: dict[tuple[str, str, str], Any] = {}
        for _, etype, id, label, patch in operations:
            stored = merged.get((etype, id, label), self.entities.get((etype, id), {}).get(label))
            merged[etype, id, label] = _merge(stored, patch)
        for (etype, id, label), result in sorted(merged.items(), key=lambda item: item[0][1]):
            self._write(etype, id, label, result)

    def _unlink(self, operations: list[tuple[Any, ...]]) -> None:
        for _, etype, source, label, target in operations:
            self.links[etype, label].discard((source, target))

    def _delete(self, keys: list[tuple[str, str]]) -> None:
        for etype, id in keys:
            self.entities.pop((etype, id), None)
            for name, (back, _) in LINKS.items():
                self.links[name] = {
                    (source, target)
                    for source, target in self.links[name]
                    if not (name[0] == etype and source == id) and not (back == etype and target == id)
                }

    def _check_required(self, written: set[tuple[str, str]], before: Model) -> None:
        losing = {(name[0], source) for name, pairs in before.links.items() for source, _ in pairs - self.links[name]}
        for etype, id in written | losing:
            if etype == "b" and self.exists(etype, id):
                entity = self.entities.get((etype, id), {})
                if "id" not in entity or entity.get("must") is None:
                    raise RefusedError("required")


def _groups(steps: list[list[Any]]) -> dict[str, list[tuple[Any, ...]]]:
    """Operations by kind, in the order in which kinds first appear."""
    groups: dict[str, list[tuple[Any, ...]]] = {}

    def add(kind: str, *operation: Any) -> None:
        groups.setdefault(kind, []).append((kind, *operation))

    for action, etype, id, *rest in steps:
        if action == "delete":
            add("delete", etype, id)
        elif action in ("link", "unlink"):
            for label, target in rest[0].items():
                kind = "value" if action == "link" else "unlink"
                if (etype, label) in LINKS:
                    add(kind, etype, id, label, target)
                else:
                    ((forward, name),) = (end for end, back in LINKS.items() if back == (etype, label))
                    add(kind, forward, target, name, id)
        else:
            add("value", etype, id, "id", id)
            for label, given_value in rest[0].items():
                add("merge" if action == "merge" else "value", etype, id, label, given_value)
    return groups


def _merge(stored: Any, patch: Any) -> Any:
    if not isinstance(stored, dict) or not isinstance(patch, dict):
        return patch
    result = dict(stored)
    for key, item in patch.items():
        if item is None:
            result.pop(key, None)
        else:
            result[key] = _merge(result[key], item) if key in result else item
    return result


_etypes, _ids = st.sampled_from(ETYPES), st.sampled_from(IDS)
_objects = st.dictionaries(st.sampled_from("xy"), st.one_of(st.none(), st.integers(0, 3), st.just({"z": None, "w": 1})))
_values = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["n1", "n2", None]),
        "num": st.sampled_from([1, 2, None, "wrong"]),
        "info": st.one_of(_objects, st.just(5)),
        "must": st.sampled_from([0, 1, None]),
    },
)
_ACTIONS = ["create", *["update"] * 4, "strict", *["merge"] * 2, *["link"] * 4, "unlink", "delete"]
_labels = {"a": ["up", "down", "owns"], "b": ["owner", "pals", "palsOf"]}


@st.composite
def _steps(draw: st.DrawFn) -> list[Any]:
    action = draw(
        st.sampled_from(["create", *["update"] * 4, "strict", *["merge"] * 2, *["link"] * 4, "unlink", "delete"])
    )
    etype, id = draw(_etypes), draw(_ids)
    if action == "delete":
        return [action, etype, id]
    if action in ("link", "unlink"):
        return [action, etype, id, {draw(st.sampled_from(_labels[etype])): draw(_ids)}]
    values = draw(_values)
    if etype == "b" and action in ("create", "update") and draw(st.booleans()):
        values = {"must": 1, **values}
    return ["update", etype, id, values, {"upsert": False}] if action == "strict" else [action, etype, id, values]


def _app(instance: LocalInstant) -> AdminCalls:
    links = (
        link("a.up", "a.down", "one-many", cascade="f")
        | link("a.owns", "b.owner", "many-one", cascade="r")
        | link("b.pals", "b.palsOf")
    )
    plain = {"name": value("string", "ui"), "num": value("number"), "info": value(), "must": value()}
    return new_app(instance, links, a=plain, b=plain | {"must": value("any", "r")})


def _stored(admin: AdminCalls) -> Json:
    """All that queries can see of the data, sorted."""
    form = {"a": {"up": {}, "owns": {}, "down": {}}, "b": {"pals": {}, "owner": {}, "palsOf": {}}}
    tree = admin.ok("/admin/query", {"query": form})
    for row in (row for found in tree.values() for row in found):
        for label in (label for labels in _labels.values() for label in labels if isinstance(row.get(label), list)):
            row[label] = sorted(str(target.get("id")) for target in row[label])
    return {etype: {row["id"]: row for row in found} for etype, found in tree.items()}


def _expected(model: Model) -> Json:
    shown: Json = {etype: {} for etype in ETYPES}
    for (etype, id), entity in model.entities.items():
        if "id" in entity:
            shown[etype][id] = {**entity, **{label: _ends(model, etype, id, label) for label in _labels[etype]}}
    return shown


def _ends(model: Model, etype: str, id: str, label: str) -> list[str]:
    """The other ends of an entity's links; one that is not there shows as an object without id."""
    if (etype, label) in LINKS:
        name, far = (etype, label), LINKS[etype, label][0]
        ends = [target for source, target in model.links[name] if source == id]
    else:
        ((name, _),) = ((end, back) for end, back in LINKS.items() if back == (etype, label))
        far, ends = name[0], [source for source, target in model.links[name] if target == id]
    return sorted(str(model.entities.get((far, end), {}).get("id")) for end in ends)


@given(st.lists(st.lists(_steps(), min_size=1, max_size=6), min_size=1, max_size=8))
def test_calls_do_what_the_model_does(calls: list[list[list[Any]]]) -> None:
    model = Model()
    with LocalInstant() as instance:
        admin = _app(instance)
        for steps in calls:
            note(str(steps))
            answer, after = write(admin, *steps), _after(model, steps)
            assert answer.status == (400 if after is None else 200), answer
            model = after or model
            assert _stored(admin) == _expected(model)


def _after(model: Model, steps: list[list[Any]]) -> Model | None:
    """The data after a call; None where the model refuses it."""
    try:
        return model.transact(steps)
    except RefusedError:
        return None
