from __future__ import annotations

from typing import Literal

AppStatus = Literal["active", "disabled", "read-only"]

APP_STATUS_VALUES: set[AppStatus] = {
    "active",
    "disabled",
    "read-only",
}


def check_app_status(value: str) -> AppStatus:
    if value in APP_STATUS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {APP_STATUS_VALUES!r}")
