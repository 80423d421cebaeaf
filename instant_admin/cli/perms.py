"""`instant-admin perms`: the permission rules of an app."""

from __future__ import annotations

import argparse
import difflib
import json
from pathlib import Path

from instant_admin.cli.asking import confirm
from instant_admin.cli.connection import connect
from instant_admin.cli.files import FILE_HELP, read_rules_file, write_file
from instant_admin.cli.outcome import DIFFERS, DONE
from instant_admin.cli.subcommands import add_command
from instant_admin.perms import Rules


def configure(parser: argparse.ArgumentParser) -> None:
    """Give the parser of `instant-admin perms` its commands."""
    parser.description = "Show and change who may do what with the data of an app."
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    pull = add_command(commands, "pull", "show the rules that are in force, as JSON", _pull)
    pull.add_argument("--out", metavar="FILE", type=Path, help="write them there")
    push = add_command(commands, "push", "put the rules of the file in force, instead of all that there are", _push)
    push.add_argument("file", metavar="FILE", type=Path, help=FILE_HELP.format(name="rules"))
    push.add_argument("--check", action="store_true", help="change nothing; exit with 3 if the rules differ")
    push.add_argument("--yes", action="store_true", help="do not ask")


def _pull(options: argparse.Namespace) -> int:
    with connect(options) as db:
        rules = db.perms.pull()
    if rules is not None and options.out is not None and options.out.suffix == ".py":
        from instant_admin.cli.python_source import rules_source

        text = rules_source(rules)
    else:
        text = _shown(rules)
    if options.out is None:
        print(text, end="")
    else:
        write_file(options.out, text)
    return DONE


def _push(options: argparse.Namespace) -> int:
    rules = read_rules_file(options.file)
    with connect(options) as db:
        present = db.perms.pull()
        if present == rules:
            print("no changes")
            return DONE
        print(_difference(present, rules), flush=True)
        if options.check:
            return DIFFERS
        confirm("Push this?", is_sure=options.yes)
        db.perms.push(rules)
    print("Pushed.")
    return DONE


def _shown(rules: Rules | None) -> str:
    """The rules as JSON; of an app that never had any, an object without any."""
    content = {} if rules is None else rules.to_json()
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _difference(present: Rules | None, wanted: Rules) -> str:
    """What changes, as lines with `-` and `+`. Nothing but the order of keys is no change."""
    before, after = (
        json.dumps(rules.to_json(), indent=2, ensure_ascii=False, sort_keys=True).splitlines() if rules else []
        for rules in (present, wanted)
    )
    lines = difflib.unified_diff(before, after, "in force", "pushed", lineterm="")
    return "\n".join(lines)
