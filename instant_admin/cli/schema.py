"""`instant-admin schema`: what an app's schema is, what a push would change, and pushing."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from instant_admin.cli.asking import confirm
from instant_admin.cli.connection import connect
from instant_admin.cli.files import FILE_HELP, read_schema_file, write_file
from instant_admin.cli.outcome import DIFFERS, DONE, CommandError
from instant_admin.cli.subcommands import add_command
from instant_admin.schema import IndexingJob

_ADDITIVE = "leave alone what the app has and the file does not name"


def configure(parser: argparse.ArgumentParser) -> None:
    """Give the parser of `instant-admin schema` its commands."""
    parser.description = "Show and change what entities and links an app has."
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    pull = add_command(commands, "pull", "show the schema that the app has, as JSON or Python", _pull)
    pull.add_argument("--out", metavar="FILE", type=Path, help="write it there, as Python if the name ends in .py")
    for name, help, command in (
        ("plan", "show what a push would change; `!` marks what destroys data", _plan),
        ("push", "make the app's schema what the file says", _push),
    ):
        added = add_command(commands, name, help, command)
        added.add_argument("file", metavar="FILE", type=Path, help=FILE_HELP.format(name="schema"))
        added.add_argument("--additive", action="store_true", help=_ADDITIVE)
        added.add_argument("--check", action="store_true", help="change nothing; exit with 3 if a push would")
        if name == "push":
            added.add_argument("--allow-destructive", action="store_true", help="delete what the file does not name")
            added.add_argument("--yes", action="store_true", help="do not ask")


def _pull(options: argparse.Namespace) -> int:
    with connect(options) as db:
        schema = db.schema.pull()
    if options.out is not None and options.out.suffix == ".py":
        from instant_admin.cli.python_source import schema_source

        text = schema_source(schema)
    else:
        text = json.dumps(schema.to_json(), indent=2, ensure_ascii=False) + "\n"
    if options.out is None:
        print(text, end="")
    else:
        write_file(options.out, text)
    return DONE


def _plan(options: argparse.Namespace) -> int:
    schema = read_schema_file(options.file)
    with connect(options) as db:
        plan = db.schema.plan(schema, additive=options.additive)
    print(plan)
    return DIFFERS if plan and options.check else DONE


def _push(options: argparse.Namespace) -> int:
    if options.check:
        return _plan(options)
    schema = read_schema_file(options.file)
    with connect(options) as db:
        plan = db.schema.plan(schema, additive=options.additive)
        print(plan, flush=True)
        if not plan:
            return DONE
        if plan.destroys_data and not options.allow_destructive:
            raise CommandError(
                "this would destroy data; nothing was changed. Pass --additive to leave alone what the file does not "
                "name, or --allow-destructive to delete it."
            )
        confirm("Push this?", is_sure=options.yes)
        db.schema.push(
            schema, additive=options.additive, allow_destructive=options.allow_destructive, on_progress=_show_progress
        )
    print("Pushed.")
    return DONE


def _show_progress(jobs: tuple[IndexingJob, ...]) -> None:
    for job in jobs:
        print(job, file=sys.stderr, flush=True)
