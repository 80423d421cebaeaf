"""InstaQL queries on their way out: copied, rule parameters put inside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from instant_admin._core.validation.queries import RULE_PARAMS
from instant_admin._core.values import to_json_object
from instant_admin.errors import InvalidArgumentError
from instant_admin.types import Converter


def build_query(query: Any, rule_params: Mapping[str, Any] | None, convert: Converter | None) -> dict[str, Any]:
    """The query as it is sent, rule parameters inside.

    Rule parameters written in the query itself win over the argument, as in the JS SDK.

    Raises:
        InvalidArgumentError: No object, or a value that cannot travel.
    """
    if not isinstance(query, Mapping):
        raise InvalidArgumentError(f"query must be an object such as {{'goals': {{}}}}, got {type(query).__name__}.")
    built = to_json_object(query, "query", convert)
    if rule_params is not None and RULE_PARAMS not in built:
        built = {RULE_PARAMS: to_json_object(rule_params, "rule_params", convert), **built}
    return built
