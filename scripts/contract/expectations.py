"""What the check takes for granted: one place for every exception, each with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Headers of any call, which are no parameters of an operation.
TRANSPORT_HEADERS = frozenset({"authorization", "content-type", "origin", "x-forwarded-for"})

# Every operation says what these look like.
STATUSES = ("200", "4XX", "5XX")

# Operations that no recording shows at work.
UNCOVERED: dict[str, str] = {
    **dict.fromkeys(
        (
            "createApp",
            "createAppAsChosen",
            "deleteApp",
            "getTokenInfo",
            "listApps",
            "listAppsOfOrganisation",
            "listOrganisations",
        ),
        "takes the token of an account, and recordings have none",
    ),
    "resendWebhookEvent": "only recorded for an event that does not exist",
    "sendMagicCodeAsApp": "only recorded for an app that does not exist",
}

# Recorded calls that the description leaves out on purpose, by "METHOD path".
OUTSIDE: dict[str, str] = {
    r"(HEAD|OPTIONS) .*": "as GET without a body, and the preflight of browsers",
    r"POST /admin/no_such": "no such route: malformed JSON is refused before the route is looked up",
    r"(GET|PUT|POST|DELETE) /storage/(upload|files|signed-upload-url|signed-download-url)": (
        "for an app's front end: these routes take a user's token as bearer and always apply rules"
    ),
    r"GET (text-\d+|\(anything\))": "a file's presigned URL, which is object storage's and no endpoint",
}


@dataclass(frozen=True)
class Tolerance:
    """Something the server lets pass that the description does not offer.

    Attributes:
        paths: Which paths of the description it is about, a pattern.
        place: `body`, `header` or `query`.
        detail: The problem with a body, or the name of a parameter, a pattern.
        reason: Why the server lets it pass.
    """

    paths: str
    place: str
    detail: str
    reason: str

    def covers(self, path: str, place: str, detail: str) -> bool:
        """Whether the rule is about this deviation."""
        return (
            place == self.place
            and re.fullmatch(self.paths, path) is not None
            and re.fullmatch(self.detail, detail) is not None
        )


TOLERATED = (
    Tolerance(
        r"/admin/(\w*magic_code|refresh_tokens|sign_in_guest|sign_out|users|rooms/presence|schema|soft_deleted_attrs"
        r"|storage/signed-\w+-url)|/(dash|superadmin|runtime)/.*",
        "header",
        r"as-(email|token|guest)",
        "impersonation headers are ignored where it is the app that acts",
    ),
    Tolerance(r"/(dash|superadmin)/.*", "header", r"app-id", "the header is ignored where the path names the app"),
    Tolerance(
        r"/dash/.*/storage/upload|/storage/.*/consume-upload-url",
        "header",
        r"content-disposition",
        "the header is ignored on these routes",
    ),
    Tolerance(r".*", "body", r".*: False is not of type .*'null'", "false counts as not given"),
    Tolerance(r".*", "body", r"steps: \{\} is not of type 'array'", "an empty object is read as an empty list"),
    Tolerance(
        r".*/storage/files/delete", "body", r"filenames\b.* is not of type .*", "what is no list of texts names no file"
    ),
)
