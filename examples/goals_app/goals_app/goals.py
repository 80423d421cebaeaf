"""What the backend does with goals. Each function takes a client that acts as a user; the rules decide."""

from __future__ import annotations

from typing import Any

from instant_admin import InstantAdmin, new_id


def add_goal(db: InstantAdmin, user_id: str, title: str) -> str:
    """Give a user a goal and return its id."""
    goal_id = new_id()
    db.transact(db.tx.goals[goal_id].update({"title": title, "done": False}).link({"owner": user_id}))
    return goal_id


def finish_goal(db: InstantAdmin, goal_id: str) -> None:
    """Mark a goal as done."""
    db.transact(db.tx.goals[goal_id].update({"done": True}, upsert=False))


def drop_goal(db: InstantAdmin, goal_id: str) -> None:
    """Delete a goal that is not done."""
    db.transact(db.tx.goals[goal_id].delete())


def open_goals(db: InstantAdmin) -> list[dict[str, Any]]:
    """The goals that the user has not reached, by title."""
    return db.query({"goals": {"$": {"where": {"done": False}, "order": {"title": "asc"}}}})["goals"]
