"""The `/storage` routes: what a front end calls, with a refresh token or as a guest, and upload addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from instant_admin.local import coerce, identity
from instant_admin.local.body import read_body
from instant_admin.local.errors import Refusal, bad_request, param_malformed, param_missing
from instant_admin.local.files.access import Action, check_files, files_forbidden
from instant_admin.local.files.admin_routes import begin_upload_of, delete_one_as, shown, upload_as
from instant_admin.local.files.parameters import as_path, content_type, describe, refuse_forms
from instant_admin.local.files.records import Described, find_file, store_file
from instant_admin.local.files.urls import origin_of
from instant_admin.local.identity import Caller
from instant_admin.local.permissions import circumstances_of
from instant_admin.local.router import Call, Reader, Router, T

_APP_ID = ("app-id", "app_id")
_PATH = ("path", "filename")
"""The names that a parameter may have; errors tell the first, and the others as possible places."""


def register(router: Router) -> None:
    """Add the routes."""
    router.add("PUT", "/storage/upload", upload, takes_json=False)
    router.add("DELETE", "/storage/files", delete_one)
    router.add("POST", "/storage/signed-upload-url", begin_upload)
    router.add("GET", "/storage/signed-download-url", show_url)
    router.add("PUT", "/storage/{upload_id}/consume-upload-url", consume, takes_json=False)


def upload(call: Call) -> object:
    """Store a file, if the rules allow it."""
    app_id, path = _file(call.request.headers, as_path)
    described = describe(call, path)
    return upload_as(call, _caller(call, app_id, "create"), described)


def delete_one(call: Call) -> object:
    """Delete a file, if the rules allow it."""
    app_id, path = _file(call.parameters)
    return delete_one_as(call, _caller(call, app_id, "delete"), path)


def begin_upload(call: Call) -> object:
    """Make an upload address, if the rules allow to store the file."""
    given: dict[str, Any] = {name: call.body.get(name) for name in (*_APP_ID, *_PATH)}
    given = {name: value for name, value in given.items() if coerce.is_given(value)}
    app_id, path = _file(given)
    caller = _caller(call, app_id, "create")
    with call.instance.store.read(caller.app) as unit:
        check_files(unit, circumstances_of(call, unit.app, caller.user), "create", [path])
    return begin_upload_of(call, caller.app.id, path)


def show_url(call: Call) -> object:
    """The address of a file, or null, if the rules allow to see a file of this path."""
    app_id, path = _file(call.parameters)
    caller = _caller(call, app_id, "view")
    with call.instance.store.read(caller.app, origin=origin_of(call.request)) as unit:
        check_files(unit, circumstances_of(call, unit.app, caller.user), "view", [path])
        file = find_file(unit, path=path)
        return {"data": None if file is None else unit.file_url(file.location_id)}


def consume(call: Call) -> object:
    """Store the file of an upload address, which is used up whatever comes of it."""
    body, given = read_body(call.request), call.path_parameters["upload_id"]
    id = coerce.as_uuid(given)
    if id is None:
        raise param_malformed(("params", "upload-id"), given)
    taken = call.instance.uploads.take(id)
    app = None if taken is None else call.instance.store.find_app(taken.app_id)
    if taken is None or app is None:
        hint = {"data-type": "app-upload-url", "input": id, "errors": "The upload URL is expired or invalid."}
        raise Refusal("validation-failed", "Validation failed for app-upload-url", hint)
    refuse_forms(call)
    if body.is_json:
        raise bad_request("An upload address takes no JSON content type: the real server fails with a 500.")
    return shown(store_file(call.instance, app, Described(taken.path, content_type(call)), call.request.pieces()))


def _caller(call: Call, app_id: str, action: Action) -> Caller:
    """Who calls, who is a guest without the refresh token of a user.

    Raises:
        Refusal: There is no such app, which then has no rule that allows anything.
    """
    caller = identity.front_end_caller(call, app_id)
    if caller is None:
        raise files_forbidden(action)
    return caller


def _file(given: Mapping[str, Any], read: Reader[str] = coerce.as_non_blank) -> tuple[str, str]:
    """The app id and the path of a file."""
    return _named(given, _APP_ID, coerce.as_uuid), _named(given, _PATH, read)


def _named(given: Mapping[str, Any], names: tuple[str, str], read: Reader[T]) -> T:
    """A parameter that has two names."""
    name = next((name for name in names if name in given), None)
    places = [[name] for name in names]
    if name is None:
        raise param_missing((names[0],), elsewhere=places[1:])
    value = read(given[name])
    if value is None:
        raise param_malformed((name,), given[name], places=places)
    return value
