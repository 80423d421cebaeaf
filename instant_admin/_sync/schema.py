# Derived from instant_admin/_async/schema.py by scripts/generate_sync.py (make sync). Do not edit.
"""The app's schema, blocking."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from instant_admin._core import schema_calls as calls
from instant_admin._core.context import Context
from instant_admin._core.schema.attributes import read_attributes
from instant_admin._core.schema.job_watch import JobWatch, check_wait
from instant_admin._core.schema.jobs import IndexingJob, OnProgress
from instant_admin._core.schema.missing import replace_with
from instant_admin._core.schema.plan import SchemaPlan, SchemaPushResult, check_destruction
from instant_admin._core.schema.renaming import rename_steps
from instant_admin._core.schema.values import Schema
from instant_admin._sync.gateway import Gateway
from instant_admin._sync.runtime import sleep
from instant_admin.errors import InstantError
from instant_admin.types import Timeout


class SchemaManager:
    """`db.schema`. Every call here is made as the app itself; `as_user` does not change it."""

    def __init__(self, gateway: Gateway, context: Context) -> None:
        self._gateway = gateway
        self._context = context

    def pull(self, *, timeout: float | Timeout | None = None) -> Schema:
        """The schema that the app has, sorted by names.

        What every app has by itself is left out; the app's own attributes of `$users` and its siblings are there.

        Args:
            timeout: For this call, in seconds.

        Source: GET /dash/apps/{app_id}/schema/pull, `pullSchema` in openapi/admin.yaml.
        """
        return (self._gateway.run(calls.pull(self._context), timeout)).schema

    def plan(
        self,
        schema: Schema | Mapping[str, Any],
        *,
        additive: bool = False,
        timeout: float | Timeout | None = None,
    ) -> SchemaPlan:
        """What a push of the schema would do; nothing is changed. False if the app has it already.

        Args:
            schema: What the app should have: a Schema, or a dict in the form of `Schema.to_json()`.
            additive: Leave alone what the app has and the schema does not name. Otherwise it would be deleted.
            timeout: For each request, in seconds.

        Raises:
            SchemaError: The schema is malformed or holds conflicts; nothing was sent.
            ValidationFailedError: The server refuses it; `hint["errors"]` says where.

        Source: GET .../schema/pull and POST .../schema/push/plan, `planSchemaPush` in openapi/admin.yaml.
        """
        wanted = calls.checked_schema(schema)
        if additive:
            return self._gateway.run(calls.plan(self._context, wanted.to_json(), (), ()), timeout)
        pulled = self._gateway.run(calls.pull(self._context), timeout)
        parts = replace_with(wanted, read_attributes(pulled.attributes))
        call = calls.plan(self._context, parts.to_plan, parts.deletions, parts.additions)
        return self._gateway.run(call, timeout)

    def push(
        self,
        schema: Schema | Mapping[str, Any],
        *,
        additive: bool = False,
        allow_destructive: bool = False,
        on_progress: OnProgress | None = None,
        wait_seconds: float | None = None,
        timeout: float | Timeout | None = None,
    ) -> SchemaPushResult:
        """Make the app's schema what is given, and wait until that is done.

        Attributes are made, deleted and their links changed all together or not at all. Flags and types of attributes
        that exist are then changed in the background, one by one, as far as the stored values fit.

        Args:
            schema: What the app should have: a Schema, or a dict in the form of `Schema.to_json()`.
            additive: Leave alone what the app has and the schema does not name.
            allow_destructive: Delete it, with all its values. Without this the push is refused where there is any.
            on_progress: Called with all background jobs whenever one has got on. What it raises ends the waiting.
            wait_seconds: How long to wait for background jobs at most; None for as long as they take.
            timeout: For each request, in seconds.

        Raises:
            SchemaError: The schema is malformed or holds conflicts; nothing was sent.
            DestructiveChangeError: It would destroy data; nothing was changed.
            ValidationFailedError: The server refuses it, such as a new required attribute where entities exist.
            RecordNotUniqueError: A label is taken, or a link to one is wanted where an entity has several.
            IndexingError: It is done but for attributes whose values do not fit; `jobs` has samples of them.
            IndexingTimeoutError: It is done, and the background jobs go on.
            NoReplyError: The fate is unknown, unless `request_sent` is False. Pushing again is safe.

        Source: as `plan`, then POST .../schema/steps/apply, `applySchemaSteps` in openapi/admin.yaml.
        """
        check_wait(wait_seconds)
        plan = self.plan(schema, additive=additive, timeout=timeout)
        check_destruction(plan, allow_destructive)
        if not plan:
            return SchemaPushResult(plan)
        applied = self._gateway.run(calls.apply(self._context, plan.steps), timeout)
        if applied.group_id is None:
            return SchemaPushResult(plan)
        return SchemaPushResult(plan, self._wait(applied.group_id, on_progress, wait_seconds, timeout))

    def rename(self, name: str, new_name: str, *, timeout: float | Timeout | None = None) -> None:
        """Give an entity, an attribute or one side of a link another name. Its values stay.

        Args:
            name: Such as "goals" for an entity, "goals.title" for an attribute or a link as its entity has it.
            new_name: The other name of the entity, or the other label.
            timeout: For each request, in seconds.

        Raises:
            InvalidArgumentError: The app has nothing of that name, or the other one can be no name.
            RecordNotUniqueError: The other name is taken; nothing was changed.
            NoReplyError: The fate is unknown, unless `request_sent` is False.

        Source: GET .../schema/pull, then POST .../schema/steps/apply, `applySchemaSteps` in openapi/admin.yaml.
        """
        pulled = self._gateway.run(calls.pull(self._context), timeout)
        steps = rename_steps(read_attributes(pulled.attributes), name, new_name)
        self._gateway.run(calls.apply(self._context, steps), timeout)

    def _wait(
        self,
        group_id: str,
        on_progress: OnProgress | None,
        wait_seconds: float | None,
        timeout: float | Timeout | None,
    ) -> tuple[IndexingJob, ...]:
        watch = JobWatch(wait_seconds)
        started = time.monotonic()
        while not watch.is_over:
            try:
                jobs = self._gateway.run(calls.list_jobs(self._context, group_id), timeout)
            except InstantError as error:
                watch.missed(error)
            else:
                if watch.saw(jobs) and on_progress is not None:
                    on_progress(jobs)
            if not watch.is_over:
                sleep(watch.pause_seconds(time.monotonic() - started))
        watch.check()
        return watch.jobs
