"""Make vcrpy cassettes out of the recordings, in the form in which this SDK sends its requests.

    python scripts/make_cassettes.py            write tests/cassettes/<recording>.yaml
    python scripts/make_cassettes.py --check    write nothing; exit 1 when a cassette is stale, missing or too many

A cassette holds the calls of one recording that the facade has, in their order. Every token and code is replaced, the
same one by the same words throughout.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # for `scripts.contract`, as tests import it

from scripts.contract.description import Description, load_yaml
from scripts.contract.recordings import Exchange, read
from scripts.extract_examples import close_open_values

ROOT = Path(__file__).resolve().parent.parent
RECORDINGS = ROOT / "tests/recordings"
CASSETTES = ROOT / "tests/cassettes"
SERVER = "https://api.instantdb.com"

# Recordings whose calls tell a story, by topic.
STORIES = {
    "auth": (
        "auth_magic_code_then_verify",
        "auth_send_magic_code",
        "auth_sign_out_by_email",
        "auth_token_platform_unknown",
        "auth_users_delete",
        "auth_verify_upgrades_guest",
        "auth_verify_wrong_code",
    ),
    "http": ("http_status_read_only",),
    "permissions": ("perm_check_as_user", "perm_error_hints", "perm_limit_spent_on_denial"),
    "query": ("query_users_guest",),
    "realtime": ("live_room_presence",),
    "transact": ("tx_link_many",),
}

# Operations of the facade, and what it adds to their bodies.
FACADE: dict[str, dict[str, Any]] = {
    "query": {"inference?": False},
    "transact": {"throw-on-missing-attrs?": False},
    "checkQueryPermissions": {"inference?": False},
    "checkTransactPermissions": {},
    "createMagicCode": {},
    "sendMagicCode": {},
    "verifyMagicCode": {},
    "createRefreshToken": {},
    "signInGuest": {},
    "signOut": {},
    "getUser": {},
    "deleteUser": {},
    "verifyRefreshToken": {},
    "getPresence": {},
}

BEARER = "Bearer "
# Keys of bodies, queries and headers that hold secrets, and what those are.
SECRET_KEYS = {
    "authorization": "admin-token",
    "as-token": "token",
    "code": "code",
    "refresh-token": "token",
    "refresh_token": "token",
    "token": "token",
}
SENT_HEADERS = ("app-id", "as-email", "as-guest", "as-token", "authorization")


def cassettes() -> dict[str, str]:
    """Every cassette's text by its file name."""
    description = Description(load_yaml(ROOT / "openapi/admin.yaml"))
    found = {}
    for topic, names in STORIES.items():
        for name in names:
            exchanges = list(read(RECORDINGS / topic / f"{name}.json"))
            calls = [_call(exchange, always) for exchange, always in _of_facade(description, exchanges)]
            secrets = _number(secret for call in calls for secret in _secrets_in(call))
            interactions = [_interaction(_scrub(call, secrets)) for call in calls]
            content = {"version": 1, "interactions": interactions}
            found[f"{name}.yaml"] = yaml.dump(content, sort_keys=True, allow_unicode=True, width=1000)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only compare the committed cassettes with what comes out")
    arguments = parser.parse_args()
    wanted = cassettes()
    there = {file.name: file.read_text() for file in CASSETTES.glob("*")}
    stale = sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))
    if arguments.check:
        if stale:
            print("tests/cassettes is stale; run: python scripts/make_cassettes.py", *stale, sep="\n  ")
        return 1 if stale else 0
    CASSETTES.mkdir(exist_ok=True)
    for name in stale:
        if name in wanted:
            (CASSETTES / name).write_text(wanted[name])
        else:
            (CASSETTES / name).unlink()
    return 0


def _of_facade(description: Description, exchanges: list[Exchange]) -> Iterator[tuple[Exchange, dict[str, Any]]]:
    for exchange in exchanges:
        operation = description.find(exchange.method, exchange.path)
        if operation is not None and operation.id in FACADE:
            yield exchange, FACADE[operation.id]


def _call(exchange: Exchange, always: dict[str, Any]) -> dict[str, Any]:
    """A recorded exchange as this SDK would have it."""
    given = exchange.given if isinstance(exchange.given, dict) else {}
    app_id = exchange.headers.get("app-id") or given.get("app-id") or ""
    return {
        "method": exchange.method,
        "path": exchange.path,
        "query": {"app_id": app_id, **exchange.query},
        "headers": {name: exchange.headers[name] for name in SENT_HEADERS if name in exchange.headers},
        "body": None if exchange.method in ("GET", "DELETE") else {**always, **given},
        "status": exchange.status,
        "reply": close_open_values(exchange.reply),
    }


def _secrets_in(value: Any) -> Iterator[tuple[str, str]]:
    """Every secret with what it is."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key in SECRET_KEYS and isinstance(item, str):
                yield SECRET_KEYS[key], item.removeprefix(BEARER)
            yield from _secrets_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from _secrets_in(item)


def _number(secrets: Iterator[tuple[str, str]]) -> dict[str, str]:
    words: dict[str, str] = {}
    for kind, secret in secrets:
        words.setdefault(secret, f"scrubbed-{kind}-{len(words) + 1}")
    return words


def _scrub(value: Any, secrets: dict[str, str]) -> Any:
    """A copy without secrets, wherever they stand: replies echo them under other keys."""
    if isinstance(value, dict):
        return {key: _scrub(item, secrets) for key, item in value.items()}
    if isinstance(value, list):
        return [_scrub(item, secrets) for item in value]
    if isinstance(value, str) and value.startswith(BEARER):
        return BEARER + secrets[value.removeprefix(BEARER)]
    return secrets.get(value, value) if isinstance(value, str) else value


def _interaction(call: dict[str, Any]) -> dict[str, Any]:
    body = None if call["body"] is None else json.dumps(call["body"], ensure_ascii=False)
    headers = {name: [value] for name, value in call["headers"].items()}
    return {
        "request": {
            "method": call["method"],
            "uri": f"{SERVER}{call['path']}?{urlencode(call['query'], quote_via=quote)}",
            "headers": {**headers, "content-type": ["application/json"]},
            "body": body,
        },
        "response": {
            "status": {"code": call["status"], "message": HTTPStatus(call["status"]).phrase},
            "headers": {"content-type": ["application/json"]},
            "body": {"string": json.dumps(call["reply"], ensure_ascii=False)},
        },
    }


if __name__ == "__main__":
    sys.exit(main())
