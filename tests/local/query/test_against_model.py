"""Random queries over random data find what brute force finds."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from instant_admin.local import LocalInstant
from tests.local.query.library import entity_id, found, new_app
from tests.local.query.model import Model, in_order
from tests.local.support import AdminCalls

IDS = {
    "tasks": [entity_id(number) for number in range(1, 6)],
    "people": [entity_id(number) for number in range(11, 15)],
    "tags": [entity_id(number) for number in range(21, 24)],
}
WORDS, NUMBERS = ["a", "b", "c"], [1, 2, 3, 2.5]
LABELS = {
    "tasks": {"title": WORDS, "rank": NUMBERS, "note": WORDS},
    "people": {"name": WORDS, "age": NUMBERS, "nick": WORDS},
    "tags": {"label": WORDS},
}
NULL_FILLED = {"tasks": ["title", "rank", "due"], "people": ["name", "age", "code"], "tags": ["label"]}
TARGETS = {"owner": "people", "reviewer": "people", "tags": "tags"}
LONGEST_PATH = 3

_SLOW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
_SEEDS = st.integers(0, 2**32)


def _model(random: Random) -> Model:
    entities = {
        namespace: {
            id: {
                label: random.choice([None, *values])
                for label, values in LABELS[namespace].items()
                if random.random() < 0.8
            }
            for id in ids
        }
        for namespace, ids in IDS.items()
    }
    links: dict[str, set[tuple[str, str]]] = {"buddy": set()}
    for label, target in TARGETS.items():
        most = 2 if label == "tags" else 1
        links[label] = {
            (task, other) for task in IDS["tasks"] for other in random.sample(IDS[target], random.randint(0, most))
        }
    return Model(entities, links)


def _condition(random: Random, namespace: str, steps: int = 0) -> tuple[str, Any]:
    links = [label for etype, label in Model.ends if etype == namespace and not label.startswith("buddy")]
    if links and steps < LONGEST_PATH and random.random() < 0.5:
        label = random.choice(links)
        target = Model.ends[namespace, label][2]
        if random.random() < 0.3:
            return label, _of_link(random, IDS[target])
        path, value = _condition(random, target, steps + 1)
        return f"{label}.{path}", value
    label = random.choice(list(LABELS[namespace]))
    return label, _of_value(random, LABELS[namespace][label], has_index=label in Model.indexed)


def _of_link(random: Random, ids: list[str]) -> Any:
    id = random.choice(ids)
    return random.choice([id, {"$not": id}, {"$in": random.sample(ids, 2)}, {"$isNull": True}, {"$isNull": False}])


def _of_value(random: Random, values: list[Any], *, has_index: bool) -> Any:
    value = random.choice(values)
    choices: list[Any] = [
        value,
        {"$not": value},
        {"$in": random.sample(values, 2)},
        {"$isNull": True},
        {"$isNull": False},
    ]
    if has_index:
        choices += [{random.choice(["$gt", "$gte", "$lt", "$lte"]): value}] * 2
    return random.choice(choices)


def _where(random: Random, namespace: str, levels: int = 2) -> dict[str, Any]:
    where: dict[str, Any] = dict(_condition(random, namespace) for _ in range(random.randint(1, 3)))
    if levels and random.random() < 0.5:
        key = random.choice(["and", "or"])
        where[key] = [_where(random, namespace, levels - 1) for _ in range(random.randint(1, 3))]
    if random.random() < 0.2:
        label = random.choice(list(LABELS[namespace]))
        where["or"] = [{label: random.choice(LABELS[namespace][label])} for _ in range(2)]
    return where


def _store(instance: LocalInstant, model: Model) -> AdminCalls:
    admin = new_app(instance)
    steps: list[Any] = [
        ["update", namespace, id, dict(values)]
        for namespace, entities in model.entities.items()
        for id, values in entities.items()
    ]
    steps += [["link", "tasks", src, {label: dst}] for label, pairs in model.links.items() for src, dst in pairs]
    admin.ok("/admin/transact", {"steps": steps})
    for namespace, entities in model.entities.items():
        for values in entities.values():
            for label in NULL_FILLED[namespace]:
                values.setdefault(label, None)
    return admin


@_SLOW
@given(_SEEDS)
def test_a_where_finds_what_brute_force_finds(seed: int) -> None:
    random = Random(seed)
    model = _model(random)
    with LocalInstant() as instance:
        admin = _store(instance, model)
        for _ in range(25):
            namespace = random.choice(list(IDS))
            where = _where(random, namespace)
            expected = model.find(namespace, where)
            assert set(found(admin, namespace, where=where)) == expected, (namespace, where)
            # A page takes another way to the same entities.
            assert set(found(admin, namespace, where=where, limit=99)) == expected, (namespace, where)


@_SLOW
@given(_SEEDS)
def test_a_page_is_the_slice_of_the_whole(seed: int) -> None:
    random = Random(seed)
    model = _model(random)
    with LocalInstant() as instance:
        admin = _store(instance, model)
        for _ in range(15):
            options = _page(random)
            assert found(admin, "tasks", **options) == _slice(model, options), options


def _page(random: Random) -> dict[str, Any]:
    label = random.choice(["title", "rank"])
    options: dict[str, Any] = {"fields": [label], "order": {label: random.choice(["asc", "desc"])}}
    if random.random() < 0.8:
        options[random.choice(["limit", "first", "last"])] = random.randint(1, 6)
    if random.random() < 0.5:
        options["offset"] = random.randint(0, 4)
    return options


def _slice(model: Model, options: dict[str, Any]) -> list[str]:
    ((label, direction),) = options["order"].items()
    rows = [(values[label], id) for id, values in model.entities["tasks"].items()]
    whole = in_order(rows, descending=direction == "desc")
    limit = next((options[name] for name in ("limit", "first", "last") if name in options), None)
    offset = options.get("offset", 0)
    if "last" in options:
        return whole[::-1][offset : offset + options["last"]][::-1]
    return whole[offset:] if limit is None else whole[offset : offset + limit]
