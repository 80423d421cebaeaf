"""How quick the local Instant is in this process, and how that grows with what it holds."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.case import Case, limited
from instant_admin import InstantAdmin, i, new_id, stable_id
from instant_admin.local import LocalInstant

LIBRARY = json.loads((Path(__file__).parent.parent / "examples" / "data" / "library.json").read_text())
SIZES = {"1k": 1_000, "10k": 10_000, "100k": 100_000}
STEPS_PER_CALL = 1_000

SCHEMA = i.schema(
    entities={
        "people": i.entity({"name": i.string().unique().indexed(), "city": i.string()}),
        "posts": i.entity({"title": i.string(), "score": i.number().indexed(), "published": i.boolean().indexed()}),
        "comments": i.entity({"text": i.string()}),
    },
    links={
        "author": {
            "forward": {"on": "posts", "has": "one", "label": "author"},
            "reverse": {"on": "people", "has": "many", "label": "posts"},
        },
        "comments": {
            "forward": {"on": "comments", "has": "one", "label": "post"},
            "reverse": {"on": "posts", "has": "many", "label": "comments"},
        },
        "writers": {
            "forward": {"on": "comments", "has": "one", "label": "writer"},
            "reverse": {"on": "people", "has": "many", "label": "comments"},
        },
    },
)
BEST_POSTS = {
    "posts": {
        "$": {
            "where": {"and": [{"score": {"$gt": 900}}, {"published": True}]},
            "order": {"score": "desc"},
            "limit": 20,
        },
        "author": {},
        "comments": {},
    }
}
TYPICAL = {
    "books": {
        "$": {"where": {"pageCount": {"$gt": 600}}, "order": {"pageCount": "desc"}, "limit": 5},
        "bookshelves": {"users": {}},
    }
}


def run() -> Iterator[Case]:
    """Every figure."""
    yield limited("local: from nothing to the first reply", 50, {"ours": 1e3 * _median(_start, 15)})
    yield from _library()
    yield from _growing()
    yield _rules()
    yield _airports()


def _start() -> None:
    with InstantAdmin.local() as db:
        db.query({"goals": {}})


def _library() -> Iterator[Case]:
    with LocalInstant() as instance:
        app = instance.create_app(schema=LIBRARY["schema"])
        with InstantAdmin.local(instance=instance, app=app) as db:
            for namespace, entities in LIBRARY["entities"].items():
                db.transact(
                    db.tx[namespace][e["id"]].update({k: v for k, v in e.items() if k != "id"}) for e in entities
                )
            db.transact(
                db.tx[source][entity].link({label: target}) for source, entity, label, target in LIBRARY["links"]
            )
            yield limited("local: query of the library", 3, {"ours": 1e3 * _median(lambda: db.query(TYPICAL), 200)})
            one = _median(lambda: db.transact(db.tx.books[new_id()].update({"title": "A", "pageCount": 7})), 200)
            yield limited("local: transact of one entity", 1, {"ours": 1e3 * one})
        yield limited("local: reset of that app", 10, {"ours": 1e3 * _median(lambda: instance.control.reset(app), 1)})


def _growing() -> Iterator[Case]:
    loads: dict[str, float] = {}
    queries: dict[str, float] = {}
    for name, size in SIZES.items():
        content = _Content(size)
        with InstantAdmin.local(schema=SCHEMA) as db:
            loads[name] = _seconds(partial(_load, db, content))
            queries[name] = 1e3 * _median(partial(db.query, BEST_POSTS), 50)
    largest = list(SIZES)[-1]
    title = "local: load of 100k entities with 150k links, by transact"
    yield limited(title, 10, {"ours": loads[largest]}, unit="s")
    yield limited("local: where, order, limit and two links, of 100k entities", 15, {"ours": queries[largest]})
    each = {name: 1e6 * seconds / (2.5 * SIZES[name]) for name, seconds in loads.items()}
    yield Case("local: load, each entity or link, by size", each, unit="µs", factor=1.0, baseline="1k")
    yield Case("local: that query, by size", queries, factor=1.0, baseline="1k")


class _Content:
    """What is loaded, made up before the clock starts: `size` entities, one in twenty a person and three in ten posts,
    and half as many links again."""

    def __init__(self, size: int) -> None:
        chance = random.Random(7)
        people = [stable_id("person", number) for number in range(size // 20)]
        posts = [stable_id("post", number) for number in range(size * 3 // 10)]
        comments = [stable_id("comment", number) for number in range(size - len(people) - len(posts))]
        self.people = [(id, {"name": f"Person {n}", "city": f"City {n % 97}"}) for n, id in enumerate(people)]
        self.posts = [
            (id, {"title": f"Post {n}", "score": chance.randrange(1000), "published": n % 3 > 0})
            for n, id in enumerate(posts)
        ]
        self.comments = [(id, {"text": f"Comment {n}"}) for n, id in enumerate(comments)]
        self.authors = [(id, {"author": chance.choice(people)}) for id in posts]
        self.writers = [(id, {"post": chance.choice(posts), "writer": chance.choice(people)}) for id in comments]


def _load(db: InstantAdmin, content: _Content) -> None:
    _send(db, (db.tx.people[id].update(values) for id, values in content.people))
    _send(db, (db.tx.posts[id].update(values) for id, values in content.posts))
    _send(db, (db.tx.comments[id].update(values) for id, values in content.comments))
    _send(db, (db.tx.posts[id].link(links) for id, links in content.authors))
    _send(db, (db.tx.comments[id].link(links) for id, links in content.writers))


def _rules() -> Case:
    """1,000 rows, each judged by a rule that follows a link."""
    with LocalInstant() as instance:
        rules = {"posts": {"allow": {"view": "'City 7' in data.ref('author.city') || data.score > 500"}}}
        app = instance.create_app(schema=SCHEMA.to_json(), rules=rules)
        with InstantAdmin.local(instance=instance, app=app) as db:
            _load(db, _Content(3_334))
            guest = db.as_user(guest=True)
            query = {"posts": {"$": {"limit": 1_000}}}
            values = {
                "a guest, by the rule": 1e3 * _median(lambda: guest.query(query), 20),
                "the admin, without": 1e3 * _median(lambda: db.query(query), 20),
            }
    return limited("local: 1,000 rows under a rule with data.ref", 50, values)


def _airports() -> Case:
    """A real set: 28,000 airports with their cities and countries."""
    import airportsdata

    airports = list(airportsdata.load("ICAO").values())
    with InstantAdmin.local() as db:

        def load() -> None:
            _send(db, (db.tx.airports[stable_id("airport", a["icao"])].update(a) for a in airports))
            cities = {(a["country"], a["subd"], a["city"]) for a in airports}
            _send(
                db, (db.tx.cities[stable_id("city", *c)].update({"name": c[2], "region": c[1]}) for c in sorted(cities))
            )
            countries = sorted({a["country"] for a in airports})
            _send(db, (db.tx.countries[stable_id("country", c)].update({"code": c}) for c in countries))
            _send(
                db,
                (
                    db.tx.airports[stable_id("airport", a["icao"])].link(
                        {
                            "cities": stable_id("city", a["country"], a["subd"], a["city"]),
                            "countries": stable_id("country", a["country"]),
                        }
                    )
                    for a in airports
                ),
            )

        seconds = _seconds(load)
        of_country = {"countries": {"$": {"where": {"code": "IS"}}, "airports": {"cities": {}}}}
        values = {"load": seconds, "airports of a country, with cities": _median(lambda: db.query(of_country), 20)}
    return Case(f"local: {len(airports):,} airports with cities and countries", values, baseline="load")


def _send(db: InstantAdmin, chunks: Iterable[Any]) -> None:
    waiting: list[Any] = []
    for chunk in chunks:
        waiting.append(chunk)
        if len(waiting) == STEPS_PER_CALL:
            db.transact(waiting)
            waiting = []
    db.transact(waiting)


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _median(call: Callable[[], object], times: int) -> float:
    return median(_seconds(call) for _ in range(times))
