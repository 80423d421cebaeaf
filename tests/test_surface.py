"""What the package offers, and how its parts may depend on each other."""

from __future__ import annotations

import ast
import inspect
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import instant_admin
from instant_admin import (
    AsyncInstantAdmin,
    AsyncLiveQuery,
    AsyncStreamReader,
    AsyncStreamWriter,
    InstantAdmin,
    LiveQuery,
    StreamReader,
    StreamWriter,
    errors,
    perms,
    typed,
    types,
    web,
    webhooks,
)

PACKAGE = Path(instant_admin.__file__).parent
APP = "11111111-1111-4111-8111-111111111111"

# Where the awaitable flavour's names differ.
ASYNC_NAMES = {"aclose": "close", "__aenter__": "__enter__", "__aexit__": "__exit__"}
ASYNC_CLASSES = re.compile(r"\bAsync(?=[A-Z])")


@pytest.mark.parametrize(
    "module", [instant_admin, errors, perms, typed, types, web, webhooks], ids=lambda module: module.__name__
)
def test_all_is_sorted_and_importable(module: ModuleType) -> None:
    assert list(module.__all__) == sorted(module.__all__)
    assert len(set(module.__all__)) == len(module.__all__)
    for name in module.__all__:
        assert getattr(module, name) is not None
    assert set(module.__all__) <= set(dir(module))


def test_all_names_everything_that_is_public() -> None:
    public = {
        name for name, value in vars(instant_admin).items() if not name.startswith("_") and not inspect.ismodule(value)
    }
    helpers = {"TYPE_CHECKING", "Any", "import_module"}
    assert public | {"__version__"} == (set(instant_admin.__all__) | helpers)


def test_errors_and_results_are_all_at_the_top() -> None:
    assert set(errors.__all__) <= set(instant_admin.__all__)
    aliases = {
        "Converter",
        "EntityId",
        "JsonValue",
        "LiveStatus",
        "Query",
        "QueryRows",
    }  # for annotations, from instant_admin.types
    assert set(types.__all__) - aliases <= set(instant_admin.__all__)


def test_the_agreed_names_are_at_the_top() -> None:
    agreed = {
        "AsyncInstantAdmin",
        "InstantAdmin",
        "RetryPolicy",
        "Timeout",
        "TransactResult",
        "TransactionChunk",
        "User",
    }
    agreed |= {"SignIn", "DebugQueryResult", "DebugTransactResult", "id", "lookup", "new_id", "stable_id", "tx"}
    assert agreed <= set(instant_admin.__all__)


def test_a_name_that_does_not_exist_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'instant_admin' has no attribute 'Nothing'"):
        instant_admin.Nothing  # noqa: B018  that is what is tested


# The agreed names of each object of a client.
OFFERED: dict[str, set[str]] = {
    "": {
        "app_id",
        "as_user",
        "auth",
        "close",
        "debug_query",
        "debug_transact",
        "engine_name",
        "local",
        "query",
        "query_page",
        "rooms",
        "subscribe_query",
        "transact",
        "tx",
    },
    "auth": {
        "check_magic_code",
        "create_token",
        "delete_user",
        "generate_magic_code",
        "get_user",
        "get_user_from_request",
        "send_magic_code",
        "sign_in",
        "sign_in_guest",
        "sign_out",
        "verify_token",
    },
    "perms": {"pull", "push"},
    "rooms": {"get_presence"},
    "schema": {"plan", "pull", "push", "rename"},
    "storage": {"delete", "delete_many", "download", "get_download_url", "list", "open", "upload_file"},
    "streams": {"read", "write"},
    "webhooks": {
        "create",
        "delete",
        "disable",
        "enable",
        "get_event",
        "get_payload",
        "iter_events",
        "list",
        "list_events",
        "resend_event",
        "update",
    },
}


def _part(flavour: type[Any], name: str) -> Any:
    db = flavour(APP)  # opens nothing
    return getattr(db, name) if name else db


def _public(value: Any) -> dict[str, Any]:
    return {ASYNC_NAMES.get(name, name): getattr(value, name) for name in dir(value) if not name.startswith("_")}


@pytest.mark.parametrize("flavour", [InstantAdmin, AsyncInstantAdmin])
@pytest.mark.parametrize("part", OFFERED)
def test_client_offers_the_agreed_names(flavour: type[Any], part: str) -> None:
    assert OFFERED[part] <= _public(_part(flavour, part)).keys()


def _signature(function: Any) -> str:
    return ASYNC_CLASSES.sub("", str(inspect.signature(function)))


@pytest.mark.parametrize("part", OFFERED)
def test_both_flavours_offer_the_same(part: str) -> None:
    blocking, awaitable = _public(_part(InstantAdmin, part)), _public(_part(AsyncInstantAdmin, part))
    assert blocking.keys() == awaitable.keys()
    for name, method in blocking.items():
        if not inspect.ismethod(method):
            continue
        other = awaitable[name]
        assert _signature(method) == _signature(other), name
        assert not inspect.iscoroutinefunction(method), name
        assert inspect.iscoroutinefunction(other) is (
            name not in ("as_user", "iter_events", "local", "open", "read", "subscribe_query", "write")
        ), name
        assert ASYNC_CLASSES.sub("", inspect.getdoc(other) or "") == (inspect.getdoc(method) or ""), name
        assert inspect.getdoc(method), name


def test_both_flavours_are_made_alike() -> None:
    assert _signature(InstantAdmin) == _signature(AsyncInstantAdmin)
    assert {"__enter__", "__exit__"} <= set(dir(InstantAdmin))
    assert {"__aenter__", "__aexit__"} <= set(dir(AsyncInstantAdmin))


def test_both_live_queries_offer_the_same() -> None:
    blocking, awaitable = _public(LiveQuery), _public(AsyncLiveQuery)
    assert blocking.keys() == awaitable.keys() == {"close", "error", "latest", "next", "status"}
    for name in ("close", "next"):
        assert _signature(blocking[name]) == _signature(awaitable[name]), name
        assert not inspect.iscoroutinefunction(blocking[name]), name
        assert inspect.iscoroutinefunction(awaitable[name]), name
    assert {"__enter__", "__exit__", "__iter__", "__next__"} <= set(dir(LiveQuery))
    assert {"__aenter__", "__aexit__", "__aiter__", "__anext__"} <= set(dir(AsyncLiveQuery))


@pytest.mark.parametrize(
    ("blocking_class", "awaitable_class", "awaited", "others"),
    [
        (
            StreamWriter,
            AsyncStreamWriter,
            {"abort", "close", "get_stream_id", "write"},
            {"client_id", "durable_offset", "offset", "reconnect_token", "stream_id"},
        ),
        (
            StreamReader,
            AsyncStreamReader,
            {"close", "next", "read"},
            {"abort_reason", "client_id", "is_done", "offset", "stream_id"},
        ),
    ],
)
def test_both_ends_of_streams_offer_the_same(
    blocking_class: type[Any], awaitable_class: type[Any], awaited: set[str], others: set[str]
) -> None:
    blocking, awaitable = _public(blocking_class), _public(awaitable_class)
    assert blocking.keys() == awaitable.keys() == awaited | others
    for name in awaited:
        assert _signature(blocking[name]) == _signature(awaitable[name]), name
        assert not inspect.iscoroutinefunction(blocking[name]), name
        assert inspect.iscoroutinefunction(awaitable[name]), name


def test_both_receivers_of_webhooks_offer_the_same() -> None:
    blocking, awaitable = _public(webhooks.WebhookReceiver), _public(webhooks.AsyncWebhookReceiver)
    assert blocking.keys() == awaitable.keys() == {"fetch_payload", "process", "verify"}
    for name, method in blocking.items():
        assert _signature(method) == _signature(awaitable[name]), name
        assert not inspect.iscoroutinefunction(method), name
        assert inspect.iscoroutinefunction(awaitable[name]), name
    assert _signature(webhooks.WebhookReceiver) == _signature(webhooks.AsyncWebhookReceiver)


def test_every_public_method_says_what_it_does_and_what_it_takes() -> None:
    silent = []
    for part in OFFERED:
        for name, method in _public(_part(InstantAdmin, part)).items():
            if inspect.ismethod(method):
                text = inspect.getdoc(method) or ""
                given = [p for p in inspect.signature(method).parameters if p not in ("timeout",)]
                silent += [f"{name}: {p}" for p in given if "Args:" in text and not re.search(rf"\b{p}: ", text)]
    assert silent == []


# Which parts of the package each part may use at run time, and which other packages.
LAYERS: dict[str, tuple[set[str], set[str]]] = {
    "__init__": ({"_core", "_version", "errors", "types"}, set()),
    "_async": ({"_async", "_core", "_engines", "_perms", "errors", "types"}, set()),
    "_core": (
        {"_core", "_dates", "_version", "errors", "types"},
        {"cryptography", "instant_admin_api", "msgspec", "pydantic"},
    ),
    "_dates": ({"_dates"}, set()),
    "_engines": ({"_core", "_engines", "errors", "local"}, {"pyreqwest"}),
    "_perms": ({"_core", "_perms", "errors", "local"}, set()),
    "_sync": ({"_core", "_engines", "_perms", "_sync", "errors", "types"}, set()),
    "_version": (set(), set()),
    "cli": ({"InstantAdmin", "_core", "_version", "cli", "errors", "local", "perms", "schema"}, set()),
    "errors": (set(), set()),
    "local": (
        {"_dates", "errors", "local"},
        {"anyio", "cryptography", "httpx", "msgspec", "sqlite3", "starlette", "uvicorn"},
    ),
    "perms": ({"_core", "_perms"}, set()),
    "pytest_plugin": ({"AsyncInstantAdmin", "InstantAdmin", "local"}, {"pytest"}),
    "schema": ({"_core"}, set()),
    "typed": ({"_core"}, set()),
    "types": ({"errors"}, set()),
    "web": ({"_core"}, set()),
    "webhooks": ({"_async", "_core", "_sync", "errors"}, set()),
}


def _imports(tree: ast.AST) -> Iterator[str]:
    """Every module or name that is imported at run time."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        yield from _imports(node)


def _uses() -> dict[str, tuple[set[str], set[str]]]:
    found: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for file in PACKAGE.rglob("*.py"):
        inside, outside = found[file.relative_to(PACKAGE).parts[0].removesuffix(".py")]
        for name in _imports(ast.parse(file.read_text())):
            root, _, rest = name.partition(".")
            if root == "instant_admin":
                inside.add(rest.partition(".")[0])
            elif root == "sqlite3" or root not in sys.stdlib_module_names:
                outside.add(root)
    return found


def test_parts_use_exactly_what_they_may() -> None:
    assert dict(_uses()) == LAYERS


def test_what_adapts_a_server_is_imported_by_the_adapters_only() -> None:
    served = {
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        for name in _imports(ast.parse(file.read_text()))
        if name.partition(".")[0] in ("starlette", "uvicorn")
    }
    assert served <= {"local/asgi.py", "local/server.py"}


# What a program does -> what it must not have loaded by then.
PROGRAMS: dict[str, tuple[str, set[str]]] = {
    "import": (
        "import instant_admin",
        {
            "httpx",
            "pyreqwest",
            "ssl",
            "asyncio",
            "attrs",
            "sqlite3",
            "cryptography",
            "instant_admin_api",
            "instant_admin.local",
        },
    ),
    "make a client": (
        f"import instant_admin; instant_admin.InstantAdmin('{APP}')",
        {"httpx", "pyreqwest", "ssl", "asyncio", "sqlite3", "instant_admin.local"},
    ),
    "be part of a web application": (
        "import instant_admin.web, instant_admin.webhooks",
        {"httpx", "pyreqwest", "ssl", "asyncio", "sqlite3", "cryptography", "instant_admin_api", "instant_admin.local"},
    ),
    "use a local Instant": (
        "import instant_admin\nwith instant_admin.InstantAdmin.local() as db: db.query({})",
        {"httpx", "pyreqwest", "ssl", "asyncio", "starlette", "uvicorn"},
    ),
}


@pytest.mark.parametrize(("program", "absent"), PROGRAMS.values(), ids=PROGRAMS)
def test_nothing_is_loaded_before_it_is_needed(program: str, absent: set[str]) -> None:
    code = f"{program}\nimport sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={"PYTHONPATH": os.pathsep.join([str(PACKAGE.parent), str(PACKAGE.parent / "generated")])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert absent & set(done.stdout.split()) == set()


def test_the_package_is_marked_as_typed() -> None:
    assert (PACKAGE / "py.typed").exists()
