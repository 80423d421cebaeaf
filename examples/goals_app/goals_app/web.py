"""The backend over HTTP. Callers send the user's refresh token as `Authorization: Bearer ...`."""

from __future__ import annotations

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from instant_admin import (
    AsyncInstantAdmin,
    InvalidParameterError,
    PermissionDeniedError,
    RecordExpiredError,
    RecordNotFoundError,
    new_id,
)


async def sign_in(request: Request) -> Response:
    """Trade the code from a mail for a token; without a code, send one."""
    db: AsyncInstantAdmin = request.app.state.db
    sent = await request.json()
    if "code" not in sent:
        await db.auth.send_magic_code(sent["email"])
        return JSONResponse({"sent": True})
    signed_in = await db.auth.check_magic_code(sent["email"], sent["code"])
    return JSONResponse({"token": signed_in.user.refresh_token})


async def list_goals(request: Request) -> Response:
    """The user's goals."""
    found = await _as_user(request).query({"goals": {"$": {"order": {"title": "asc"}}}})
    return JSONResponse(found["goals"])


async def add_goal(request: Request) -> Response:
    """Give the user a goal."""
    db: AsyncInstantAdmin = request.app.state.db
    user = await db.auth.verify_token(_token(request))
    goal_id = new_id()
    title = (await request.json())["title"]
    goal = db.tx.goals[goal_id].update({"title": title, "done": False}).link({"owner": user.id})
    await _as_user(request).transact(goal)
    return JSONResponse({"id": goal_id}, status_code=201)


def make_app(db: AsyncInstantAdmin) -> Starlette:
    """The application over a client, which stays the caller's to close."""
    app = Starlette(
        routes=[
            Route("/sign-in", sign_in, methods=["POST"]),
            Route("/goals", list_goals, methods=["GET"]),
            Route("/goals", add_goal, methods=["POST"]),
        ],
        exception_handlers={
            RecordNotFoundError: _refuse(401),
            RecordExpiredError: _refuse(401),
            InvalidParameterError: _refuse(400),
            PermissionDeniedError: _refuse(403),
        },
    )
    app.state.db = db
    return app


def _token(request: Request) -> str:
    return request.headers.get("authorization", "").removeprefix("Bearer ")


def _as_user(request: Request) -> AsyncInstantAdmin:
    db: AsyncInstantAdmin = request.app.state.db
    token = _token(request)
    return db.as_user(token=token) if token else db.as_user(guest=True)


def _refuse(status: int) -> Callable[[Request, Exception], Response]:
    def refuse(_: Request, error: Exception) -> Response:
        return JSONResponse({"error": type(error).__name__}, status_code=status)

    return refuse


def __getattr__(name: str) -> Starlette:
    """`app`, for `uvicorn goals_app.web:app`: made when asked for, so that tests need no settings."""
    if name != "app":
        raise AttributeError(name)
    return make_app(AsyncInstantAdmin())
