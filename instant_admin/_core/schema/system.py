"""What every app has from the beginning: the namespaces of users, files and streams (server contract, schema 1.2)."""

from __future__ import annotations

from typing import Final

from instant_admin._core.schema.frozen import FrozenMap
from instant_admin._core.schema.values import Attribute, Entity, Link, LinkEnd, Schema

_STRING: Final = Attribute("string", is_required=False)
_NUMBER: Final = Attribute("number", is_required=False)

# Hidden attributes stand here too: queries return them and may name them.
SYSTEM: Final = Schema(
    FrozenMap(
        {
            "$users": Entity(
                FrozenMap({"email": _STRING.unique().indexed(), "imageURL": _STRING, "type": _STRING}),
            ),
            "$files": Entity(
                FrozenMap(
                    {
                        "content-disposition": _STRING.indexed(),
                        "content-type": _STRING.indexed(),
                        "key-version": _NUMBER,
                        "location-id": _STRING.unique().indexed(),
                        "path": _STRING.unique().indexed(),
                        "size": _NUMBER.indexed(),
                        "url": _STRING,
                    }
                )
            ),
            "$streams": Entity(
                FrozenMap(
                    {
                        "abortReason": _STRING,
                        "clientId": _STRING.unique().indexed(),
                        "done": Attribute("boolean", is_required=False),
                        "hashedReconnectToken": _STRING,
                        "machineId": _STRING,
                        "size": _NUMBER,
                    }
                )
            ),
        }
    ),
    FrozenMap(
        {
            "$streams$files": Link(
                LinkEnd("$streams", "$files", "many"), LinkEnd("$files", "$stream", "one", on_delete="cascade")
            ),
            "$usersLinkedPrimaryUser": Link(
                LinkEnd("$users", "linkedPrimaryUser", "one", on_delete="cascade"),
                LinkEnd("$users", "linkedGuestUsers", "many"),
            ),
        }
    ),
)
"""As a schema. Servers ignore what a pushed schema says of it, and add attributes of the app's own beside it."""
