"""What a push refuses in rules that compile."""

from __future__ import annotations

from collections.abc import Collection

from instant_admin.local.cel.ast import Call, Literal, Name, Node, Select, walk
from instant_admin.local.cel.errors import Issue
from instant_admin.local.cel.lexer import Source
from instant_admin.local.cel.types import STRING

_USER_PATH = "$user."


def push_issues(tree: Node, source: str, rate_limits: Collection[str]) -> list[Issue]:
    """Calls of `auth.ref` without a constant path from the user, and rate limits that are not defined."""
    issues: list[Issue] = []
    for node in walk(tree):
        if not isinstance(node, Call) or node.target is None:
            continue
        if node.function == "ref" and isinstance(node.target, Name) and node.target.name == "auth":
            path = _constant(node.arguments[0])
            if path is None or not path.startswith(_USER_PATH):
                issues.append(
                    Source(source).issue(node.arguments[0].at, "`auth.ref` takes a constant path from `$user.`.")
                )
        if node.function == "limit":
            name = _limit_name(node.target)
            if name is not None and name not in rate_limits:
                issues.append(Source(source).issue(node.at, f"There is no rate limit `{name}`."))
    return sorted(issues, key=lambda issue: (issue.line, issue.column))


def _limit_name(node: Node) -> str | None:
    """The name in `rateLimit.name` or `rateLimit['name']`."""
    match node:
        case Select(operand=Name(name="rateLimit")):
            return node.label
        case Call(function="_[_]", arguments=[Name(name="rateLimit"), index]):
            return _constant(index)
        case _:
            return None


def _constant(node: Node) -> str | None:
    return node.value if isinstance(node, Literal) and node.type == STRING and isinstance(node.value, str) else None
