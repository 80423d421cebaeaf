"""The system catalog: the attributes that every app has from the beginning.

It is the same for all apps and never written to the database. The keys of its plain values are shared by all apps,
since an entity's row names its app; rows of links do not, so each app has its own keys for them: negative ones.
"""

from __future__ import annotations

from functools import cache
from uuid import NAMESPACE_URL, uuid5

from instant_admin.local.attributes import CASCADE, Attribute, Identity

FIRST_USER_KEY = 1000
"""Keys below are the catalog's."""
_LINK_KEYS_PER_APP = 64
_IDS = uuid5(NAMESPACE_URL, "https://instantdb.com/system-catalog")

USERS, FILES, STREAMS = "$users", "$files", "$streams"
OPEN_ETYPES = frozenset({USERS, FILES, STREAMS})
"""System namespaces that queries show and that an app may give attributes of its own."""
HIDDEN_LABELS = frozenset(
    {(FILES, label) for label in ("content-type", "content-disposition", "location-id", "key-version", "size")}
    | {(STREAMS, "machineId"), (STREAMS, "hashedReconnectToken")}
)
"""Attributes of open namespaces that the compiled schema leaves out (recording sch_get_empty)."""
FILES_LOCATION = (FILES, "location-id")
FILES_URL = (FILES, "url")
"""Computed, never stored; shown as required in the compiled schema though its attribute is not (recording sch_pull)."""

_BLOBS: dict[str, tuple[tuple[str, str, str | None], ...]] = {
    FILES: (
        ("content-disposition", "i", "string"),
        ("content-type", "i", "string"),
        ("id", "ui", None),
        ("key-version", "", "number"),
        ("location-id", "uir", "string"),
        ("path", "uir", "string"),
        ("size", "ir", "number"),
        ("url", "", "string"),
    ),
    "$magicCodes": (("codeHash", "i", "string"), ("email", "i", "string"), ("id", "ui", None)),
    "$oauthClients": (
        ("clientId", "i", None),
        ("discoveryEndpoint", "", "string"),
        ("encryptedClientSecret", "", "string"),
        ("id", "ui", None),
        ("meta", "", None),
        ("name", "ui", "string"),
        ("redirectTo", "", "string"),
        ("useSharedCredentials", "", "boolean"),
    ),
    "$oauthCodes": (
        ("codeChallenge", "", "string"),
        ("codeChallengeMethod", "", "string"),
        ("codeHash", "ui", "string"),
        ("id", "ui", None),
        ("userInfo", "", None),
    ),
    "$oauthProviders": (("id", "ui", None), ("name", "ui", "string")),
    "$oauthRedirects": (
        ("codeChallenge", "", "string"),
        ("codeChallengeMethod", "", "string"),
        ("cookieHash", "", "string"),
        ("id", "ui", None),
        ("redirectTo", "", "string"),
        ("redirectUrl", "", "string"),
        ("stateHash", "ui", "string"),
    ),
    "$oauthUserLinks": (
        ("id", "ui", None),
        ("sub", "i", "string"),
        ("sub+$oauthProvider", "ui", "string"),
    ),
    STREAMS: (
        ("abortReason", "", "string"),
        ("clientId", "uir", "string"),
        ("done", "", "boolean"),
        ("hashedReconnectToken", "", "string"),
        ("id", "ui", None),
        ("machineId", "", "string"),
        ("size", "", "number"),
    ),
    "$userRefreshTokens": (("hashedToken", "ui", "string"), ("id", "ui", None)),
    USERS: (
        ("email", "ui", "string"),
        ("id", "ui", None),
        ("imageURL", "", "string"),
        ("type", "", "string"),
    ),
}
"""For each namespace its plain values: label, flags (unique, indexed, required) and type."""


def system_attributes(app_key: int) -> tuple[Attribute, ...]:
    """The system attributes of an app."""
    links = (
        link.changed(key=-(app_key * _LINK_KEYS_PER_APP + number)) for number, link in enumerate(_links(), start=1)
    )
    return (*_blobs(), *links)


@cache
def _blobs() -> tuple[Attribute, ...]:
    described = [(etype, *column) for etype, columns in _BLOBS.items() for column in columns]
    plain = [
        Attribute(
            id=_id(etype, label),
            forward=_identity("forward", etype, label),
            unique="u" in flags,
            indexed="i" in flags,
            required="r" in flags,
            checked_data_type=data_type,
            catalog="system",
            inferred_types=("string",),
            key=number,
        )
        for number, (etype, label, flags, data_type) in enumerate(described, start=1)
    ]
    # A plain value with the names of a link: so it stands in the server's catalog (recording sch_pull).
    provider = _link("$oauthUserLinks", "$oauthProvider", "$oauthProviders", "$oauthUserLinks", CASCADE)
    return (*plain, provider.changed(value_type="blob", indexed=True, key=len(plain) + 1))


@cache
def _links() -> tuple[Attribute, ...]:
    return (
        _link("$oauthClients", "$oauthProvider", "$oauthProviders", "$oauthClients", CASCADE),
        _link("$oauthCodes", "$oauthClient", "$oauthClients", "$oauthCodes", CASCADE),
        _link("$oauthRedirects", "$oauthClient", "$oauthClients", "$oauthRedirects", CASCADE),
        _link("$oauthUserLinks", "$user", USERS, "$oauthUserLinks", CASCADE).changed(indexed=True),
        _link(STREAMS, "$files", FILES, "$stream", None).changed(
            cardinality="many", unique=True, on_delete_reverse=CASCADE
        ),
        _link("$userRefreshTokens", "$user", USERS, "$userRefreshTokens", CASCADE).changed(indexed=True),
        _link(USERS, "linkedPrimaryUser", USERS, "linkedGuestUsers", CASCADE),
    )


def _link(etype: str, label: str, target: str, reverse_label: str, on_delete: str | None) -> Attribute:
    return Attribute(
        id=_id(etype, label),
        forward=_identity("forward", etype, label),
        reverse=_identity("reverse", target, reverse_label),
        value_type="ref",
        on_delete=on_delete,
        catalog="system",
        inferred_types=("string",),
    )


def _identity(direction: str, etype: str, label: str) -> Identity:
    return Identity(_id(direction, etype, label), etype, label)


def _id(*names: str) -> str:
    return str(uuid5(_IDS, "\0".join(names)))
