"""Storage: from arguments to calls."""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable, Iterable
from functools import partial
from typing import Any

import msgspec

from instant_admin._core import data_calls
from instant_admin._core.context import Context
from instant_admin._core.generated import wire_request
from instant_admin._core.storage.headers import check_disposition, choose_content_type
from instant_admin._core.storage.paths import check_path, check_upload_path
from instant_admin._core.storage.transfer import ACCEPTED, Transfer, secret_parts
from instant_admin._core.wire import Call, StreamCall, StreamRequest
from instant_admin.errors import InvalidArgumentError, RecordNotFoundError
from instant_admin.types import QueryRows, StoredFile, UploadedFile


def upload(context: Context, path: Any, content_type: Any, content_disposition: Any, size: int) -> Call[UploadedFile]:
    """Store a file; the body goes with `streamed`."""
    from instant_admin_api.api.storage import upload_file as operation
    from instant_admin_api.types import UNSET

    checked = check_upload_path(path, "upload_file")
    kwargs = operation._get_kwargs(
        path=checked, content_disposition=check_disposition(content_disposition) or UNSET, **context.user_parameters
    )
    request = wire_request(kwargs, context.credentials(needs_token=False))
    request.headers["content-type"] = choose_content_type(content_type, checked)
    request.headers["content-length"] = str(size)
    parse = partial(_read_upload, size=size)
    return _call("uploadFile", context, request, parse, is_read=False)


def streamed(
    call: Call[UploadedFile], body: Iterable[bytes] | AsyncIterable[bytes], can_repeat: Callable[[], bool]
) -> StreamCall:
    """An upload with its body.

    Args:
        call: From `upload`.
        body: As many bytes as were announced.
        can_repeat: Whether it can be sent from its beginning, now.
    """
    request = call.request
    return StreamCall(
        call.operation,
        StreamRequest(request.method, request.target, request.headers, body),
        is_read=False,
        secrets=call.secrets,
        impersonated=call.impersonated,
        can_repeat=can_repeat,
    )


def check_upload(context: Context, path: Any, content_type: Any, content_disposition: Any) -> None:
    """Refuse what cannot be sent before the file is opened.

    Raises:
        InvalidArgumentError: A value cannot travel.
        ConfigurationError: There is no admin token and the call needs one.
    """
    upload(context, path, content_type, content_disposition, 0)


def delete(context: Context, path: Any) -> Call[str | None]:
    """Delete a file."""
    from instant_admin_api.api.storage import delete_file as operation

    kwargs = operation._get_kwargs(filename=check_path(path, "delete"), **context.user_parameters)
    request = wire_request(kwargs, context.credentials(needs_token=False))
    return _call("deleteFile", context, request, _read_id, is_read=False)


def delete_many(context: Context, paths: Any) -> Call[list[str]]:
    """Delete files."""
    from instant_admin_api.api.storage import delete_files as operation
    from instant_admin_api.models.delete_files_request import DeleteFilesRequest

    if isinstance(paths, str) or not isinstance(paths, Iterable):
        raise InvalidArgumentError(f"delete_many: paths must be an iterable of texts, got {paths!r:.120}.")
    names = list(paths)
    if not all(isinstance(name, str) for name in names):
        raise InvalidArgumentError("delete_many: paths must be texts.")
    kwargs = operation._get_kwargs(body=DeleteFilesRequest(filenames=names), **context.user_parameters)
    request = wire_request(kwargs, context.credentials(needs_token=False))
    return _call("deleteFiles", context, request, _read_ids, is_read=False)


def list_files(context: Context) -> Call[list[StoredFile]]:
    """All files."""
    from instant_admin_api.api.storage import list_files as operation

    kwargs = operation._get_kwargs(**context.user_parameters)
    request = wire_request(kwargs, context.credentials(needs_token=True))
    return _call("listFiles", context, request, _read_list, is_read=True)


def get_download_url(context: Context, path: Any) -> Call[str | None]:
    """Where a file can be read."""
    from instant_admin_api.api.storage import get_download_url as operation

    kwargs = operation._get_kwargs(filename=check_path(path, "get_download_url"), **context.app_parameters)
    request = wire_request(kwargs, context.credentials(needs_token=True))
    return Call("getDownloadUrl", request, _read_url, is_read=True, secrets=context.secrets)


def find(context: Context, path: Any, method: str) -> Call[QueryRows]:
    """The file with a path, if the caller may see it, with its address and size."""
    options = {"where": {"path": check_path(path, method)}, "fields": ["path", "url", "size", "content-type"]}
    return data_calls.query(context, {"$files": {"$": options}}, None)


def read_found(rows: QueryRows, path: str) -> tuple[Transfer, str | None]:
    """The download of what `find` found, and its content type.

    Raises:
        RecordNotFoundError: It found nothing.
    """
    files = rows.get("$files") or []
    url = files[0].get("url") if files else None
    if not isinstance(url, str):
        raise RecordNotFoundError(
            f"There is no file {path!r:.120}, or the caller may not see it.",
            status=400,
            type="record-not-found",
            hint={"record-type": "file", "args": [{"path": path}]},
        )
    size, content_type = files[0].get("size"), files[0].get("content-type")
    return Transfer(url, size if isinstance(size, int) else None), content_type


def fetch(transfer: Transfer) -> StreamCall:
    """Ask a file's host for what is missing of it. The address says all that it must know: no credentials go there."""
    request = StreamRequest("GET", transfer.url, transfer.headers(), None)
    return StreamCall("downloadFile", request, is_read=True, secrets=secret_parts(transfer.url), accepted=ACCEPTED)


class _Uploaded(msgspec.Struct, rename="kebab"):
    id: str
    location_id: str | None = None
    size: int | None = None


class _Id(msgspec.Struct):
    id: str | None


class _Ids(msgspec.Struct):
    ids: list[str] | None


def _read_upload(body: bytes, size: int) -> UploadedFile:
    data = _data(body, _Uploaded)
    # Older servers answer the id alone.
    return UploadedFile(data.id, data.location_id, size if data.size is None else data.size)


def _read_id(body: bytes) -> str | None:
    id: str | None = _data(body, _Id).id
    return id


def _read_ids(body: bytes) -> list[str]:
    return _data(body, _Ids).ids or []


def _read_list(body: bytes) -> list[StoredFile]:
    return [StoredFile(file) for file in _data(body, list[dict[str, Any]])]


def _read_url(body: bytes) -> str | None:
    url: str | None = _data(body, str | None)
    return url


def _data(body: bytes, shape: Any) -> Any:
    return msgspec.convert(msgspec.json.decode(body)["data"], shape)


def _call(operation: str, context: Context, request: Any, parse: Any, *, is_read: bool) -> Call[Any]:
    impersonated = context.impersonation is not None
    return Call(operation, request, parse, is_read=is_read, secrets=context.secrets, impersonated=impersonated)
