"""The `/admin/storage` routes, and those of the dashboard that take an admin token."""

from __future__ import annotations

from collections.abc import Sequence

from instant_admin.local import coerce, identity
from instant_admin.local.catalog import FILES
from instant_admin.local.errors import bad_request
from instant_admin.local.files.access import Action, check_files
from instant_admin.local.files.parameters import describe_upload, read_filenames, refuse_forms
from instant_admin.local.files.records import Described, File, delete_files, find_file, store_file
from instant_admin.local.files.urls import origin_of
from instant_admin.local.identity import Caller
from instant_admin.local.permissions import RuleVisibility, circumstances_of
from instant_admin.local.query import run_query
from instant_admin.local.router import Call, Router
from instant_admin.local.status import check_readable


def register(router: Router) -> None:
    """Add the routes."""
    router.add("PUT", "/admin/storage/upload", upload, takes_json=False)
    router.add("DELETE", "/admin/storage/files", delete_one)
    router.add("POST", "/admin/storage/files/delete", delete_many)
    router.add("GET", "/admin/storage/files", list_files)
    router.add("POST", "/admin/storage/signed-upload-url", begin_upload)
    router.add("GET", "/admin/storage/signed-download-url", show_url)
    router.add("PUT", "/dash/apps/{app_id}/storage/upload", upload_managed, takes_json=False)
    router.add("POST", "/dash/apps/{app_id}/storage/files/delete", delete_managed)


def upload(call: Call) -> object:
    """Store a file."""
    caller = identity.caller(call, identity.app_id_of(call))
    return upload_as(call, caller, describe_upload(call))


def delete_one(call: Call) -> object:
    """Delete a file."""
    caller = identity.caller(call, identity.app_id_of(call))
    return delete_one_as(call, caller, call.required_parameter("filename", coerce.as_non_blank))


def delete_many(call: Call) -> object:
    """Delete files, all or, where a rule forbids one, none."""
    caller = identity.caller(call, identity.app_id_of(call))
    return {"data": {"ids": _delete(call, caller, read_filenames(call))}}


def list_files(call: Call) -> object:
    """All files that the caller may see."""
    app_id = identity.app_id_of(call)
    identity.admin_app(call)
    if not call.body.is_json or not isinstance(call.body.value, dict | None):
        raise bad_request("Send `content-type: application/json`: without it the real server fails with a 500.")
    caller = identity.caller(call, app_id)
    check_readable(caller.app)
    with call.instance.store.read(caller.app) as unit:
        visibility = None
        if not caller.is_admin:
            visibility = RuleVisibility(unit, circumstances_of(call, unit.app, caller.user))
        files = run_query(unit, {FILES: {}}, visibility=visibility).tree[FILES]
    return {
        "data": [
            {
                "key": f"{app_id}/{file.get('key-version')}/{file.get('location-id')}",
                "name": file.get("path"),
                "size": file.get("size"),
                "etag": None,
                "last_modified": None,
            }
            for file in files
        ]
    }


def begin_upload(call: Call) -> object:
    """Make an address that stores one file, once, for whoever knows it."""
    app = identity.admin_app(call)
    return begin_upload_of(call, app.id, call.required("filename", coerce.as_non_blank))


def show_url(call: Call) -> object:
    """The address of a file, or null."""
    app = identity.admin_app(call)
    path = call.required_parameter("filename", coerce.as_non_blank)
    with call.instance.store.read(app, origin=origin_of(call.request)) as unit:
        file = find_file(unit, path=path)
        return {"data": None if file is None else unit.file_url(file.location_id)}


def upload_managed(call: Call) -> object:
    """Store a file; its disposition is always the default."""
    app = identity.managed_app(call)
    described = describe_upload(call, takes_disposition=False)
    return upload_as(call, Caller(app, identity.Role.ADMIN), described)


def delete_managed(call: Call) -> object:
    """Delete files."""
    app = identity.managed_app(call)
    return {"data": {"ids": delete_files(call.instance, app, read_filenames(call))}}


def upload_as(call: Call, caller: Caller, described: Described) -> object:
    """Store a file for somebody who may, and show it."""
    refuse_forms(call)
    _check(call, caller, "create", [described.path])
    return shown(store_file(call.instance, caller.app, described, call.request.pieces()))


def delete_one_as(call: Call, caller: Caller, path: str) -> object:
    """Delete a file for somebody who may."""
    ids = _delete(call, caller, [path])
    return {"data": {"id": ids[0] if ids else None}}


def begin_upload_of(call: Call, app_id: str, path: str) -> object:
    """Make an upload address."""
    id = call.instance.uploads.begin(app_id, path)
    return {"data": f"{origin_of(call.request)}/storage/{id}/consume-upload-url"}


def shown(file: File) -> object:
    """A file as uploads answer it."""
    return {"data": {"id": file.id, "location-id": file.location_id, "size": file.size}}


def _delete(call: Call, caller: Caller, paths: Sequence[object]) -> list[str]:
    _check(call, caller, "delete", paths)
    return delete_files(call.instance, caller.app, paths)


def _check(call: Call, caller: Caller, action: Action, paths: Sequence[object]) -> None:
    """Ask the rules, unless it is the admin."""
    if caller.is_admin:
        return
    with call.instance.store.read(caller.app) as unit:
        check_files(unit, circumstances_of(call, unit.app, caller.user), action, paths)
