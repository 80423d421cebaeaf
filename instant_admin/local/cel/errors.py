"""What compiling and evaluating a rule can raise."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Issue:
    """One reason why a rule does not compile. Lines count from 1, columns (in code points) from 0."""

    line: int
    column: int
    message: str


class CompileError(Exception):
    """A rule does not compile."""

    def __init__(self, issues: list[Issue]) -> None:
        super().__init__(issues)
        self.issues = issues

    def __str__(self) -> str:
        return "; ".join(f"{issue.line}:{issue.column}: {issue.message}" for issue in self.issues)


class EvaluationError(Exception):
    """A rule cannot be evaluated on the given values; `code` is the server's, such as `OVERLOAD_NOT_FOUND`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return self.message


class UnboundError(EvaluationError):
    """A variable has no value. Where two errors meet, the server reports this one."""

    def __init__(self, name: str) -> None:
        super().__init__("INTERNAL_ERROR", f"`{name}` has no value here.")


class InternalFailure(Exception):
    """The real server fails with a 500 here; no operator of the rule absorbs it."""
