"""A tour of instant-admin, on a local Instant in this process: no account, no server, no network.

    make demo

Each chapter below is a function of the kind you would write yourself. The first half blocks; the second does the same
in async, with 200 queries at once.
"""

import asyncio
import json
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from rich.console import Console
from rich.table import Table

from instant_admin import (
    AsyncInstantAdmin,
    DestructiveChangeError,
    InstantAdmin,
    InvalidArgumentError,
    RecordNotFoundError,
    Rules,
    RulesError,
    Schema,
    i,
    lookup,
    new_id,
    stable_id,
)
from instant_admin.webhooks import WebhookHandlers, WebhookReceiver, WebhookRecord, webhook_wsgi_app

LIBRARY = json.loads((Path(__file__).parent / "data" / "library.json").read_text())
_LIBRARY_SCHEMA = Schema.from_json(LIBRARY["schema"])
_BOOKS = _LIBRARY_SCHEMA.entities["books"].attributes
# A schema's parts can be used for another: this one adds an attribute.
SCHEMA = i.schema(
    entities={**_LIBRARY_SCHEMA.entities, "books": i.entity({**_BOOKS, "notes": i.json().optional()})},
    links=_LIBRARY_SCHEMA.links,
)
console = Console(highlight=False)


# ---------------------------------------------------------------- blocking


def load_library(db: InstantAdmin) -> None:
    """Write: some 240 entities and their links, in a few transactions."""
    for namespace in ("users", "bookshelves", "books"):
        # A chunk says what happens to one entity; transact takes any iterable of them, and does all or nothing.
        db.transact(
            db.tx[namespace][entity["id"]].update({k: v for k, v in entity.items() if k != "id"})
            for entity in LIBRARY["entities"][namespace]
        )
    result = db.transact(
        db.tx[source][entity].link({label: target}) for source, entity, label, target in LIBRARY["links"]
    )
    say(f"Loaded {sum(map(len, LIBRARY['entities'].values()))} entities and {len(LIBRARY['links'])} links.")
    say(f"The last transaction is number {result.tx_id}.")


def query_library(db: InstantAdmin) -> None:
    """Query: a namespace, conditions, an order, and links nested as deep as you like."""
    rows = db.query(
        {
            "books": {
                "$": {"where": {"pageCount": {"$gt": 600}}, "order": {"pageCount": "desc"}, "limit": 5},
                "bookshelves": {"users": {}},
            }
        }
    )
    table = Table("Title", "Author", "Pages", "On the shelves of")
    for book in rows["books"]:
        readers = sorted({user["fullName"] for shelf in book["bookshelves"] for user in shelf["users"]})
        table.add_row(book["title"], book.get("author"), str(book["pageCount"]), ", ".join(readers))
    console.print(table)


def change_and_delete(db: InstantAdmin) -> None:
    """Update, merge, link, look up, delete."""
    book_id = new_id()
    db.transact(db.tx.books[book_id].create({"title": "The Art of Unix Programming", "isbn13": "9780131429017"}))
    db.transact(
        [
            # Find an entity by a unique attribute instead of its id.
            db.tx.books[lookup("isbn13", "9780131429017")].merge(
                {"notes": {"lent": {"to": "ben", "on": "2026-11-01"}}}
            ),
            # An id that always follows from the same parts, for imports that may run twice.
            db.tx.bookshelves[stable_id("tour", "lent")].update({"name": "Lent"}).link({"books": book_id}),
        ]
    )
    db.transact(db.tx.books[book_id].merge({"notes": {"lent": {"to": "cleo"}}}))
    (book,) = db.query({"books": {"$": {"where": {"id": book_id}}, "bookshelves": {}}})["books"]
    say(f"{book['title']!r} is on the shelf {book['bookshelves'][0]['name']!r}, notes {book['notes']}.")
    db.transact(db.tx.books[book_id].delete())
    left = db.query({"books": {"$": {"where": {"id": book_id}}}})["books"]
    say(f"After delete(): {left}")


def follow_a_query(db: InstantAdmin) -> None:
    """Live queries: the result now, and again whenever it changes. Pages and counts come with it."""
    query = {"books": {"$": {"where": {"pageCount": {"$gt": 1200}}}}}
    with db.subscribe_query(query) as live:
        say(f"Long books at first: {len(live.next(timeout=10).data['books'])}, status {live.status}.")
        book_id = new_id()
        db.transact(db.tx.books[book_id].create({"title": "A very long one", "pageCount": 1234, "isbn13": "0"}))
        say(f"After a write, without asking: {len(live.next(timeout=10).data['books'])}.")
        db.transact(db.tx.books[book_id].delete())
        say(f"After it is deleted again: {len(live.next(timeout=10).data['books'])}.")
    count = db.query_page({"books": {"$": {"aggregate": "count"}}}).aggregate["books"]["count"]
    page = db.query_page({"books": {"$": {"first": 50}}})
    say(f"There are {count} books; more behind the first 50: {page.page_info['books'].has_next_page}.")


def store_files(db: InstantAdmin) -> None:
    """Files: stored and read piece by piece, and entities like all others."""
    with tempfile.TemporaryDirectory() as folder:
        stored = db.storage.upload_file("covers/dune.txt", b"a desert" * 100_000, file_size=800_000)
        say(f"Stored {stored.size:,} bytes as covers/dune.txt.")
        target = db.storage.download("covers/dune.txt", Path(folder) / "dune.txt")
        say(f"Downloaded {target.stat().st_size:,} bytes to {target.name}.")
    with db.storage.open("covers/dune.txt") as file:
        say(f"It begins with {file.read(8)!r}.")
    db.transact(db.tx["$files"][stored.id].update({"path": "covers/arrakis.txt"}))
    found = db.query({"$files": {"$": {"where": {"path": {"$like": "covers/%"}}, "fields": ["path"]}}})
    say(f"Renamed, and found by a query: {found['$files'][0]['path']}.")
    db.storage.delete("covers/arrakis.txt")
    say(f"Deleted; files left: {len(db.storage.list())}.")


def write_a_stream(db: InstantAdmin) -> None:
    """Streams: text that is read while it is written, and stays when it is done."""
    with db.streams.write("tour") as writer:
        writer.write("It was a dark ")
        writer.get_stream_id()
        with db.streams.read("tour") as reader:
            say(f"Read while it is written: {reader.next(timeout=10)!r}.")
            writer.write("and stormy night.")
            say(f"And then: {reader.next(timeout=10)!r}.")
    say(f"All {writer.durable_offset} bytes are stored.")
    with db.streams.read("tour", byte_offset=7) as reader:
        say(f"Read again, from byte 7: {reader.read()!r}.")


def tell_an_endpoint(db: InstantAdmin) -> None:
    """Webhooks: an endpoint is told of changes in signed deliveries. A local Instant delivers them too."""
    handled: SimpleQueue[WebhookRecord] = SimpleQueue()
    endpoint = webhook_wsgi_app(WebhookReceiver(db), WebhookHandlers({"books": {"create": handled.put}}))
    with make_server("127.0.0.1", 0, endpoint, handler_class=QuietHandler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        webhook = db.webhooks.create(f"http://127.0.0.1:{server.server_port}", namespaces=["books"], actions=["create"])
        db.transact(db.tx.books[stable_id("tour", "told")].create({"title": "News", "isbn13": "1"}))
        record = handled.get(timeout=10)
        assert record.after is not None, "what was created is there afterwards"
        say(f"The endpoint was told of a {record.action} in {record.namespace}: {record.after['title']}.")
        server.shutdown()
    (event,) = db.webhooks.iter_events(webhook.id)
    told = db.webhooks.get_payload(webhook.id, event.isn)
    say(f"The webhook has one event, {event.isn}, which tells of {len(told.records)} change.")
    db.webhooks.delete(webhook.id)
    db.transact(db.tx.books[record.id].delete())


def know_the_schema(_: InstantAdmin) -> None:
    """A schema in the client: typing mistakes are caught before anything is sent, and dates are datetimes."""
    with InstantAdmin.local(schema=SCHEMA, use_dates=True) as db:
        mistakes: list[Callable[[], object]] = [
            lambda: db.query({"books": {"$": {"where": {"pageCuont": {"$gt": 500}}}}}),
            lambda: db.query({"books": {"$": {"where": {"pageCount": "many"}}}}),
            lambda: db.query({"books": {"$": {"where": {"pageCount": {"$gt": 500, "$lt": 600}}}}}),
            lambda: db.transact(db.tx.books[new_id()].update({"titel": "Emma"})),
        ]
        for mistake in mistakes:
            try:
                mistake()
            except InvalidArgumentError as error:
                say(str(error))
        ida = db.tx.users[new_id()].update({"fullName": "Ida", "createdAt": "Nov 27, 2026 10:00 PST"})
        joe = db.tx.users[new_id()].update({"fullName": "Joe", "createdAt": datetime(2026, 11, 28, tzinfo=UTC)})
        db.transact([ida, joe])
        for user in db.query({"users": {"$": {"order": {"createdAt": "asc"}}}})["users"]:
            say(f"{user['fullName']} came on {user['createdAt']:%A, %d %B %Y, %H:%M %Z}.")


def find_users(db: InstantAdmin) -> None:
    """Users: by address, by id, by token. No user is no error, but None."""
    token = db.auth.create_token("ana@example.com")  # makes the user where there is none
    ana = db.auth.get_user("ana@example.com")
    assert ana is not None
    table = Table("Asked by", "Found")
    table.add_row("email", show(ana))
    table.add_row("id", show(db.auth.get_user(id=ana.id)))
    table.add_row("refresh token", show(db.auth.get_user(refresh_token=token)))
    table.add_row("email of nobody", show(db.auth.get_user("nobody@example.com")))
    console.print(table)


def custom_sign_in(db: InstantAdmin) -> None:
    """A sign-in of your own: your backend decides who somebody is, Instant gives the token for the front end."""
    token = db.auth.create_token("ben@example.com")
    # ... the front end signs in with it, and sends it along with requests to your backend, which asks:
    user = db.auth.verify_token(token)
    say(f"create_token, then verify_token: this is {user.email}.")


def magic_code(db: InstantAdmin) -> None:
    """A magic code: a sign-in by e-mail. generate_magic_code leaves the mail to you; send_magic_code mails it."""
    code = db.auth.generate_magic_code("cleo@example.com")
    user, created = db.auth.check_magic_code("cleo@example.com", code)
    say(f"The code {'*' * len(code)} signed in {user.email}; created: {created}.")
    try:
        db.auth.check_magic_code("cleo@example.com", code)
    except RecordNotFoundError as error:
        say(f"A second time: {type(error).__name__}, since a code works once.")


def act_as_user(db: InstantAdmin) -> None:
    """Act as a user: the same client under that user's permissions. Here, nobody sees another's $users row."""
    table = Table("Who asks", "$users they see")
    everyone: list[tuple[str, InstantAdmin]] = [
        ("the app itself", db),
        ('as_user(email="ana@example.com")', db.as_user(email="ana@example.com")),
        ('as_user(token="...")', db.as_user(token=db.auth.create_token("ben@example.com"))),
        ("as_user(guest=True)", db.as_user(guest=True)),
    ]
    for who, scoped in everyone:
        users = scoped.query({"$users": {}})["$users"]
        table.add_row(who, ", ".join(sorted(user["email"] for user in users)) or "none")
    console.print(table)


def sign_out(db: InstantAdmin) -> None:
    """Sign out: every session of a user, or just one."""
    token = db.auth.create_token("ben@example.com")
    db.auth.sign_out("ben@example.com")
    try:
        db.auth.verify_token(token)
    except RecordNotFoundError as error:
        say(f"After sign_out, verify_token raises {type(error).__name__}.")


def delete_user(db: InstantAdmin) -> None:
    """Delete a user and all of their data: find the data through your own links, delete it with the user."""
    dev = db.query({"users": {"$": {"where": {"handle": "dev"}}, "bookshelves": {}}})["users"][0]
    db.auth.create_token(dev["email"])
    db.transact([db.tx.bookshelves[shelf["id"]].delete() for shelf in dev["bookshelves"]])
    db.transact(db.tx.users[dev["id"]].delete())
    deleted = db.auth.delete_user(dev["email"])
    left = db.query({"users": {"$": {"where": {"handle": "dev"}}}, "$users": {}})
    say(f"Deleted {show(deleted)} with {len(dev['bookshelves'])} shelves.")
    say(f"Left of them: {left['users']}; users now: {sorted(user['email'] for user in left['$users'])}")


def change_schema(db: InstantAdmin) -> None:
    """A new schema: see what a change would do before it is made. What would destroy data is refused unless allowed."""
    before = db.schema.pull()
    say(f"The app has {', '.join(before.entities)}, and {len(before.links)} links.")
    reviews = i.schema(
        entities={"books": i.entity({}), "reviews": i.entity({"stars": i.number().indexed()})},
        links={
            "reviewsBook": {
                "forward": {"on": "reviews", "label": "book", "has": "one", "on_delete": "cascade"},
                "reverse": {"on": "books", "label": "reviews", "has": "many"},
            }
        },
    )
    # additive: what the app has and this schema does not name is left alone.
    say(f"Planned:\n{db.schema.plan(reviews, additive=True)}")
    db.schema.push(reviews, additive=True)
    say(f"Planned after the push: {db.schema.plan(reviews, additive=True)}.")
    try:
        db.schema.push(before)
    except DestructiveChangeError as error:
        say(f"Back to what it was? {type(error).__name__}:\n{error.plan}")
    db.schema.push(before, allow_destructive=True)


def push_rules(db: InstantAdmin) -> None:
    """Rules: who may do what. Mistakes are found here, before a server is asked."""
    try:
        Rules({"books": {"allow": {"view": "auth.id != null && (data.public", "update": "isAdmin"}}})
    except RulesError as error:
        say(str(error))
    db.perms.push(Rules({"books": {"allow": {"view": "auth.id != null", "$default": "false"}}}))
    guest, user = db.as_user(guest=True), db.as_user(email="ana@example.com")
    seen = [len(who.query({"books": {}})["books"]) for who in (guest, user)]
    say(f"With sound rules a guest sees {seen[0]} books, and a user {seen[1]}.")


# ------------------------------------------------------------------- async


async def async_tour() -> None:
    """The same names, awaited. One client serves many tasks at once."""
    async with AsyncInstantAdmin.local(schema=SCHEMA) as db:
        await db.transact(
            db.tx.books[book["id"]].update({k: v for k, v in book.items() if k != "id"})
            for book in LIBRARY["entities"]["books"]
        )
        user, created = await db.auth.sign_in("ana@example.com")
        mine = await db.as_user(token=user.refresh_token).query({"$users": {}})
        seen = len(mine["$users"])
        say(f"await db.auth.sign_in: {user.email}, created: {created}; as that user one sees {seen} user.")

        started = time.perf_counter()
        pages = await asyncio.gather(
            *(
                db.query({"books": {"$": {"order": {"title": "asc"}, "limit": 10, "offset": number % 170}}})
                for number in range(200)
            )
        )
        seconds = time.perf_counter() - started
        say(f"200 concurrent queries: {sum(len(page['books']) for page in pages)} rows in {seconds:.2f} s.")


CHAPTERS: list[Callable[[InstantAdmin], None]] = [
    load_library,
    query_library,
    change_and_delete,
    know_the_schema,
    follow_a_query,
    store_files,
    write_a_stream,
    tell_an_endpoint,
    find_users,
    custom_sign_in,
    magic_code,
    act_as_user,
    sign_out,
    delete_user,
    change_schema,
    push_rules,
]


def main() -> None:
    console.rule("[bold]instant-admin, blocking")
    # local() needs nothing. Against a server it is InstantAdmin(app_id, admin_token, base_url="https://...").
    with InstantAdmin.local() as db:
        say(f"{db!r}")
        db.schema.push(LIBRARY["schema"])
        for chapter in CHAPTERS:
            headline(chapter.__doc__)
            chapter(db)
    console.rule("[bold]the same, async")
    headline(async_tour.__doc__)
    asyncio.run(async_tour())
    say("\nThat was all of it in one process. The code: examples/tour.py")


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Leave the terminal to the tour."""


def headline(text: str | None) -> None:
    console.print(f"\n[bold cyan]{text}")


def say(text: str) -> None:
    console.print(text, markup=False, soft_wrap=True)


def show(user: Any) -> str:
    return "None" if user is None else f"{user.email} ({user.id[:8]}...)"


if __name__ == "__main__":
    main()
