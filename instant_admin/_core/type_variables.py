"""The type variables of clients and chunks. Each has a default, so that none need be named without a schema.

`typing` has defaults from Python 3.13. Type checkers know `typing_extensions` whether it is installed or not, and a
program that runs needs no defaults.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from typing_extensions import TypeVar

    from instant_admin._core.transactions import TransactionBuilder
    from instant_admin.types import Query

    QueryT = TypeVar("QueryT", default=Query)
    TxT = TypeVar("TxT", default=TransactionBuilder)
    CreateT = TypeVar("CreateT", default=Any)
    UpdateT = TypeVar("UpdateT", default=Any)
    LinksT = TypeVar("LinksT", default=Mapping[str, Any])
    UniqueT = TypeVar("UniqueT", bound=str, default=str)
    RowT = TypeVar("RowT")
else:
    from typing import TypeVar

    QueryT, TxT, RowT = TypeVar("QueryT"), TypeVar("TxT"), TypeVar("RowT")
    CreateT, UpdateT, LinksT, UniqueT = TypeVar("CreateT"), TypeVar("UpdateT"), TypeVar("LinksT"), TypeVar("UniqueT")
