"""The language of permission rules: CEL as Instant's server means it.

    program = compile_rule("auth.id == data.owner", Environment("view"))
    program.evaluate({"data": Record(fields, ref), "auth": Record(user, ref), "ruleParams": {}})

`Environment(action)` knows the variables of rules for `view`, `create`, `update`, `delete`, `link` or `unlink`.
An activation has, by name, what is bound (a variable that is missing is an error when it is read):

    data, newData, linkedData, auth   Record(fields, ref=None), or a mapping, which has no `ref`
    ruleParams, actions               a mapping
    request                           Request(modified_fields, ip, origin, now)
    rateLimit                         a mapping of name to an object with `limit(key, tokens=1) -> bool`

`ref` and `limit` may raise `Refusal`; `&&`, `||` and the macros absorb it like any other error. `program.uses_ref` says
whether `ref` is called at all, `program.push_issues(rate_limits)` what a push refuses although it would evaluate.

    lexer.py, cursor.py, literals.py, parser.py, macros.py, ast.py, steps.py   from text to tree
    types.py, environment.py, checker.py                                       static types
    functions.py, library.py                                                   overloads, and all of them together:
        operators.py, conversions.py, strings.py, mathematics.py, clock.py
    compiler.py, logic.py, loops.py, program.py                                from tree to closures
    records.py, values.py, numbers.py, times.py, equality.py                   values while a rule is evaluated
    patterns.py, character_classes.py                                          regular expressions
    names.py, push.py, shown.py                                                what is asked about rules and values
"""

from __future__ import annotations

from instant_admin.local.cel.environment import Environment
from instant_admin.local.cel.errors import CompileError, EvaluationError, InternalFailure, Issue
from instant_admin.local.cel.program import Program, compile_rule, is_allowed
from instant_admin.local.cel.records import Record, Request
from instant_admin.local.cel.shown import as_json

__all__ = [
    "CompileError",
    "Environment",
    "EvaluationError",
    "InternalFailure",
    "Issue",
    "Program",
    "Record",
    "Request",
    "as_json",
    "compile_rule",
    "is_allowed",
]
