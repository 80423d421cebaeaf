"""The rules by themselves, without a server."""

from __future__ import annotations

import pytest
from goals_app.model import MAY_DELETE

from instant_admin.local import evaluate_rule

BIND = {"isOwner": "data.owner == auth.id"}


@pytest.mark.parametrize(("done", "allowed"), [(False, True), (None, True), (True, False)])
def test_owner_may_delete_what_is_not_done(done: bool | None, allowed: bool) -> None:
    verdict = evaluate_rule(
        MAY_DELETE, action="delete", data={"owner": "ann", "done": done}, auth={"id": "ann"}, bind=BIND
    )

    assert verdict.allowed is allowed


def test_others_may_not_delete() -> None:
    verdict = evaluate_rule(MAY_DELETE, action="delete", data={"owner": "ann"}, auth={"id": "bob"}, bind=BIND)

    assert verdict.allowed is False
