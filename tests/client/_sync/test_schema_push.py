# Derived from tests/client/_async/test_schema_push.py by scripts/generate_sync.py (make sync). Do not edit.
"""Schemas over the wire: pulled, planned and pushed, on a local Instant; and what comes of a server's moods."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin import (
    AppReadOnlyError,
    ConfigurationError,
    DestructiveChangeError,
    IndexingError,
    IndexingTimeoutError,
    InstantAdmin,
    InvalidArgumentError,
    NoReplyError,
    RecordNotUniqueError,
    Schema,
    SchemaError,
    UnexpectedReplyError,
    ValidationFailedError,
    i,
    new_id,
)
from instant_admin.schema import IndexingJob
from tests.client._sync.flavour import connect
from tests.client.values import APP, AT_ONCE
from tests.support.fake_server import Answer, FakeServer, dropped, refusal, reply

TITLED = i.schema(entities={"goals": i.entity({"title": i.string().optional()})})
OWNED = i.schema(
    entities={"goals": i.entity({"title": i.string().optional()}), "$users": i.entity({"nick": i.string().optional()})},
    links={
        "goalsOwner": {
            "forward": {"on": "goals", "label": "owner", "has": "one", "on_delete": "cascade"},
            "reverse": {"on": "$users", "label": "goals", "has": "many"},
        }
    },
)


def test_a_new_app_has_an_empty_schema() -> None:
    with InstantAdmin.local() as db:
        assert db.schema.pull() == Schema()
        assert not db.schema.plan(Schema())


def test_what_is_pushed_is_pulled() -> None:
    with InstantAdmin.local() as db:
        done = db.schema.push(OWNED)
        assert str(done.plan) == (
            "  + attribute $users.nick: type string\n  + entity goals\n  + attribute goals.title: type string\n"
            "  + link goals.owner <-> $users.goals: forward has one, forward onDelete cascade, reverse has many"
        )
        assert db.schema.pull() == OWNED
        again = db.schema.push(OWNED)
        assert (bool(again.plan), again.jobs) == (False, ())


def test_a_dict_in_the_form_of_the_server_is_a_schema() -> None:
    with InstantAdmin.local() as db:
        db.schema.push(OWNED.to_json())
        assert not db.schema.plan(OWNED)
        assert str(db.schema.plan({})) == str(db.schema.plan(Schema()))


def test_a_plan_changes_nothing() -> None:
    with InstantAdmin.local() as db:
        assert db.schema.plan(OWNED)
        assert db.schema.pull() == Schema()


def test_what_the_schema_lacks_is_deleted_only_when_that_is_allowed() -> None:
    with InstantAdmin.local() as db:
        db.schema.push(OWNED)
        db.transact(db.tx.goals[new_id()].update({"title": "Get fit"}))
        plan = db.schema.plan(Schema())
        assert plan.destroys_data
        with pytest.raises(DestructiveChangeError, match="! - entity goals") as caught:
            db.schema.push(Schema())
        assert caught.value.plan == plan
        assert db.schema.pull() == OWNED
        db.schema.push(Schema(), allow_destructive=True)
        assert db.schema.pull() == Schema()
        assert (db.query({"goals": {}}))["goals"] == []


def test_additive_push_leaves_alone_what_the_schema_lacks() -> None:
    with InstantAdmin.local() as db:
        db.schema.push(OWNED)
        due = i.schema(entities={"goals": i.entity({"due": i.date().optional()})})
        plan = db.schema.plan(due, additive=True)
        assert str(plan) == "  + attribute goals.due: type date"
        db.schema.push(due, additive=True)
        pulled = db.schema.pull()
        assert sorted(pulled.entities["goals"].attributes) == ["due", "title"]


def test_an_attribute_can_become_a_link_of_the_same_label() -> None:
    with InstantAdmin.local() as db:
        db.schema.push(i.schema(entities={"goals": i.entity({"owner": i.string().optional()})}))
        plan = db.schema.plan(OWNED)
        assert "! - attribute goals.owner: type string" in str(plan)
        assert "  + link goals.owner <-> $users.goals" in str(plan)
        db.schema.push(OWNED, allow_destructive=True)
        assert not db.schema.plan(OWNED)


def test_background_jobs_are_waited_for() -> None:
    seen: list[tuple[IndexingJob, ...]] = []
    indexed = i.schema(entities={"goals": i.entity({"title": i.string().indexed()})})
    with InstantAdmin.local() as db:
        db.schema.push(TITLED)
        db.transact(db.tx.goals[new_id()].update({"title": "Get fit"}))
        done = db.schema.push(indexed, on_progress=seen.append)
        assert [(job.attribute, job.kind, job.status) for job in done.jobs] == [
            ("goals.title", "index", "completed"),
            ("goals.title", "required", "completed"),
        ]
        assert seen[-1] == done.jobs
        assert not db.schema.plan(indexed)


def test_failed_jobs_are_an_error_with_samples_and_the_next_plan_asks_again() -> None:
    strict = i.schema(entities={"goals": i.entity({"title": i.number().unique().optional()})})
    with InstantAdmin.local() as db:
        db.schema.push(TITLED)
        ids = sorted((new_id(), new_id()))
        db.transact(db.tx.goals[id].update({"title": "same"}) for id in ids)
        with pytest.raises(IndexingError, match=r"2 jobs that failed(.*\n)*.*'same' of ") as caught:
            db.schema.push(strict)
        by_kind = {job.kind: job for job in caught.value.jobs}
        assert by_kind.keys() == {"check-data-type", "unique"}
        assert sorted(value.entity_id for value in by_kind["unique"].sample) == ids
        assert [value.value for value in by_kind["check-data-type"].sample] == ["same", "same"]
        assert db.schema.pull() == TITLED
        assert str(db.schema.plan(strict)) == ("  ~ attribute goals.title: type string -> number, unique no -> yes")


RENAMES: dict[str, tuple[str, str, str, Any]] = {
    "an attribute": ("goals.title", "name", "goals.name", {"name": "Get fit"}),
    "a link": ("goals.owner", "boss", "goals.boss <-> $users.goals", {"boss": [{"email": "ana@example.com"}]}),
    "a link from its other side": ("$users.goals", "aims", "goals.owner <-> $users.aims", {"title": "Get fit"}),
}


@pytest.mark.parametrize("kind", RENAMES)
def test_what_is_renamed_keeps_its_values(kind: str) -> None:
    name, new_name, told, values = RENAMES[kind]
    with InstantAdmin.local() as db:
        db.schema.push(OWNED)
        user = (db.auth.sign_in("ana@example.com")).user
        db.transact(db.tx.goals[new_id()].update({"title": "Get fit"}).link({"owner": user.id}))
        db.schema.rename(name, new_name)
        assert told in [change.name for change in OWNED.diff(db.schema.pull())]
        links = {label: {} for label, value in values.items() if isinstance(value, list)}
        (goal,) = (db.query({"goals": links}))["goals"]
        for label, value in values.items():
            assert goal[label] == value if isinstance(value, str) else goal[label][0]["email"] == value[0]["email"]


def test_a_renamed_entity_keeps_all_that_it_has() -> None:
    with InstantAdmin.local() as db:
        db.schema.push(OWNED)
        db.transact(db.tx.goals[new_id()].update({"title": "Get fit"}))
        db.schema.rename("goals", "aims")
        pulled = db.schema.pull()
        assert list(pulled.entities) == ["$users", "aims"]
        assert [(link.forward.on, link.reverse.on) for link in pulled.links.values()] == [("aims", "$users")]
        assert [aim["title"] for aim in (db.query({"aims": {}}))["aims"]] == ["Get fit"]


@pytest.mark.parametrize(
    ("name", "new_name", "cls", "words"),
    [
        ("goals.titel", "x", InvalidArgumentError, r"no 'goals\.titel'\. Did you mean 'goals\.title'"),
        ("goals.id", "x", InvalidArgumentError, r"no 'goals\.id'"),
        ("$users", "people", InvalidArgumentError, r"no '\$users'"),
        ("$users.email", "mail", InvalidArgumentError, r"no '\$users\.email'"),
        ("goals.title", " ", InvalidArgumentError, "can be no name"),
        ("goals", "$goals", InvalidArgumentError, "can be no name"),
        ("goals.title", "owner", RecordNotUniqueError, "record-not-unique"),
    ],
)
def test_what_cannot_be_renamed_is_refused(name: str, new_name: str, cls: type[Exception], words: str) -> None:
    with InstantAdmin.local() as db:
        db.schema.push(OWNED)
        with pytest.raises(cls, match=words):
            db.schema.rename(name, new_name)
        assert db.schema.pull() == OWNED


def test_what_the_server_refuses_changes_nothing() -> None:
    needed = i.schema(entities={"goals": i.entity({"title": i.string().optional(), "due": i.date()})})
    with InstantAdmin.local() as db:
        db.schema.push(TITLED)
        db.transact(db.tx.goals[new_id()].update({"title": "Get fit"}))
        with pytest.raises(ValidationFailedError, match="as required"):
            db.schema.push(needed)
        assert db.schema.pull() == TITLED


def test_it_is_the_app_that_pushes_whoever_it_acts_as() -> None:
    with InstantAdmin.local() as db:
        db.as_user(guest=True).schema.push(TITLED)
        assert db.schema.pull() == TITLED


WRONG: dict[str, tuple[Any, type[Exception], str]] = {
    "a list": ([], InvalidArgumentError, "schema must be a Schema"),
    "None": (None, InvalidArgumentError, "schema must be a Schema"),
    "a misspelt type": (
        {"entities": {"goals": {"attrs": {"title": {"valueType": "strin"}}}}},
        SchemaError,
        r"entities\.goals\.attrs\.title\.valueType.*'string'",
    ),
    "a link to nowhere": (
        {
            "links": {
                "x": {
                    "forward": {"on": "goals", "label": "a", "has": "one"},
                    "reverse": {"on": "todos", "label": "b", "has": "one"},
                }
            }
        },
        SchemaError,
        r"2 problems(.*\n)+.*links\.x\.forward\.on(.*\n)+.*links\.x\.reverse\.on",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_conflicts_are_reported_before_anything_is_sent(server: FakeServer, name: str) -> None:
    schema, cls, words = WRONG[name]
    with connect(server) as db:
        for call in (db.schema.plan, db.schema.push):
            with pytest.raises(cls, match=words):
                call(schema)
    assert server.connections == 0


def test_the_admin_token_is_needed(server: FakeServer) -> None:
    with connect(server, admin_token=None) as db:
        with pytest.raises(ConfigurationError, match="admin token"):
            db.schema.pull()
        with pytest.raises(ConfigurationError, match="admin token"):
            db.as_user(guest=True).schema.push(TITLED)
    assert server.connections == 0


STEP = ["index", {"attr-id": "a1", "forward-identity": ["i1", "goals", "title"]}]
TITLE = {"id": "a1", "forward-identity": ["i1", "goals", "title"], "value-type": "blob", "checked-data-type": "string"}
GROUP = "33333333-3333-4333-8333-333333333333"
BASE = f"/dash/apps/{APP}"


def pulled() -> Answer:
    return reply({"schema": {}, "attrs": [TITLE], "app-title": "x"})


def planned(*steps: Any) -> Answer:
    return reply({"new-schema": {}, "current-schema": {}, "current-attrs": [TITLE], "steps": list(steps)})


def applied(group: str | None = GROUP) -> Answer:
    jobs = None if group is None else {"group-id": group, "jobs": []}
    return reply({"transaction": {}, "steps": [STEP], "indexing-jobs": jobs})


def at_work(status: str, done: int = 0, **more: Any) -> Answer:
    row = {"id": "j1", "attr_id": "a1", "attr_name": "goals.title", "job_type": "index", "job_status": status}
    return reply({"jobs": [{**row, "work_completed": done, "work_estimate": 9, **more}]})


def test_push_is_pull_plan_apply_and_jobs(server: FakeServer) -> None:
    told: list[str] = []
    server.script(
        pulled(), planned(STEP), applied(), at_work("waiting"), at_work("processing", 4), at_work("completed")
    )
    with connect(server) as db:
        db.schema.push(TITLED, on_progress=lambda jobs: told.append(str(jobs[0])))
    assert [(each.method, each.path) for each in server.received] == [
        ("GET", f"{BASE}/schema/pull"),
        ("POST", f"{BASE}/schema/push/plan"),
        ("POST", f"{BASE}/schema/steps/apply"),
        *[("GET", f"{BASE}/indexing-jobs/group/{GROUP}")] * 3,
    ]
    flags = {"check_types": True, "supports_background_updates": True}
    assert server.received[1].json == {"schema": TITLED.to_json(), **flags}
    assert server.received[2].json == {"steps": [STEP]}
    assert told == [
        "goals.title: index waiting 0/9",
        "goals.title: index processing 4/9",
        "goals.title: index completed",
    ]


def test_lost_answers_about_jobs_are_borne(server: FakeServer) -> None:
    server.script(pulled(), planned(STEP), applied(), dropped(), reply({}, 503), at_work("completed"))
    with connect(server, retry=None) as db:
        assert (db.schema.push(TITLED)).jobs[0].status == "completed"


def test_jobs_that_stay_out_of_reach_end_the_waiting(server: FakeServer) -> None:
    server.script(pulled(), planned(STEP), applied(), dropped(), dropped(), dropped(), at_work("completed"))
    with connect(server, retry=None) as db:
        with pytest.raises(NoReplyError):
            db.schema.push(TITLED)


def test_applying_is_not_repeated(server: FakeServer) -> None:
    server.script(pulled(), planned(STEP), dropped())
    with connect(server, retry=AT_ONCE) as db:
        with pytest.raises(NoReplyError):
            db.schema.push(TITLED)
    assert len(server.received) == 3


def test_waiting_ends_when_it_was_to(server: FakeServer) -> None:
    server.script(pulled(), planned(STEP), applied())
    server.always(at_work("processing", 1))
    with connect(server) as db:
        with pytest.raises(IndexingTimeoutError, match=r"within 0\.15 s") as caught:
            db.schema.push(TITLED, wait_seconds=0.15)
    assert [job.work_completed for job in caught.value.jobs] == [1]


def test_what_a_callback_raises_ends_the_waiting(server: FakeServer) -> None:
    def on_progress(_: object) -> None:
        raise LookupError("the caller's own")

    server.script(pulled(), planned(STEP), applied())
    server.always(at_work("waiting"))
    with connect(server) as db:
        with pytest.raises(LookupError, match="the caller's own"):
            db.schema.push(TITLED, on_progress=on_progress)


def test_a_read_only_app_is_told_of(server: FakeServer) -> None:
    server.script(pulled(), planned(STEP), refusal("app-read-only"))
    with connect(server) as db:
        with pytest.raises(AppReadOnlyError):
            db.schema.push(TITLED)


ODD: dict[str, list[Answer]] = {
    "a pull without attributes": [reply({"schema": {}})],
    "attributes of another shape": [reply({"attrs": [{"id": 5}]})],
    "a plan without steps": [pulled(), reply({"current-attrs": []})],
    "a step of another shape": [pulled(), planned("index")],
    "a step about nothing": [pulled(), planned(["index", {}])],
    "an apply without jobs": [pulled(), planned(STEP), reply({"transaction": {}})],
    "a group without jobs": [pulled(), planned(STEP), applied(), reply({"jobs": []})],
    "jobs of another shape": [pulled(), planned(STEP), applied(), reply({"jobs": [{"id": "j1"}]})],
}


@pytest.mark.parametrize("name", ODD)
def test_odd_reply_is_our_error(server: FakeServer, name: str) -> None:
    server.script(*ODD[name])
    with connect(server) as db:
        with pytest.raises(UnexpectedReplyError):
            db.schema.push(TITLED)
