"""What the backend does, and what the rules let its users do."""

from __future__ import annotations

import pytest
from goals_app.goals import add_goal, drop_goal, finish_goal, open_goals

from instant_admin import InstantAdmin, PermissionDeniedError, User


def test_goals_that_are_done_are_not_open(instant: InstantAdmin, ann: User) -> None:
    as_ann = instant.as_user(email=ann.email)
    add_goal(as_ann, ann.id, "Write")
    finish_goal(as_ann, add_goal(as_ann, ann.id, "Read"))

    assert [goal["title"] for goal in open_goals(as_ann)] == ["Write"]


def test_each_user_sees_their_own_goals_only(instant: InstantAdmin, ann: User, bob: User) -> None:
    add_goal(instant.as_user(email=ann.email), ann.id, "Write")

    assert len(open_goals(instant)) == 1
    assert open_goals(instant.as_user(email=bob.email)) == []
    assert open_goals(instant.as_user(guest=True)) == []


def test_nobody_gives_goals_to_others(instant: InstantAdmin, ann: User, bob: User) -> None:
    with pytest.raises(PermissionDeniedError):
        add_goal(instant.as_user(email=bob.email), ann.id, "Work harder")

    assert open_goals(instant) == []


def test_goal_that_is_done_cannot_be_dropped(instant: InstantAdmin, ann: User) -> None:
    as_ann = instant.as_user(email=ann.email)
    goal_id = add_goal(as_ann, ann.id, "Write")
    finish_goal(as_ann, goal_id)
    with pytest.raises(PermissionDeniedError):
        drop_goal(as_ann, goal_id)
