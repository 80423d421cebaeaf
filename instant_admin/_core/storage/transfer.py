"""A download as a state machine: how far it has come, what to ask for next, and what the answer means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from instant_admin.errors import UnexpectedReplyError

REDIRECTS = frozenset({301, 302, 303, 307, 308})
ACCEPTED = frozenset({200, 206, *REDIRECTS})
_MOST_REDIRECTS = 5
_SHORTEST_SECRET = 6
_CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)", re.ASCII)


@dataclass(slots=True)
class Transfer:
    """One file on its way here."""

    url: str
    """Where it is now. It is signed, so it is a secret."""
    size: int | None
    """In bytes, as the server has noted it."""
    offset: int = 0
    """How many bytes have arrived."""
    furthest: int = 0
    """The highest `offset` so far: a download that begins again has lost ground."""
    etag: str | None = None
    """Strong one of the host: with it a broken download can go on."""
    redirects: int = 0

    def __repr__(self) -> str:
        return f"Transfer({self.offset} of {self.size} bytes)"

    def headers(self) -> dict[str, str]:
        """What to ask for: the rest."""
        headers = {"accept": "*/*", "accept-encoding": "identity"}
        if self.offset and self.etag is not None:
            headers |= {"range": f"bytes={self.offset}-", "if-range": self.etag}
        return headers

    def redirect(self, status: int, headers: Mapping[str, str]) -> None:
        """Look for the file where the host says.

        Raises:
            UnexpectedReplyError: It says nothing usable, or says so too often.
        """
        self.redirects += 1
        target = _join(self.url, headers.get("location") or "")
        is_weaker = urlsplit(self.url).scheme == "https" and urlsplit(target).scheme != "https"
        if target == self.url or urlsplit(target).scheme not in ("http", "https") or is_weaker:
            raise UnexpectedReplyError("The file host redirects to nowhere that can be followed.", status=status)
        if self.redirects > _MOST_REDIRECTS:
            raise UnexpectedReplyError("The file host redirects in circles.", status=status)
        self.url = target

    def begin(self, status: int, headers: Mapping[str, str], *, may_restart: bool) -> None:
        """Take the head of a reply: its body goes on at `offset`, which is 0 again where the host sends all of it.

        Args:
            status: 200, or 206 for a part.
            headers: Of the reply.
            may_restart: Whether what has arrived can be taken back.

        Raises:
            UnexpectedReplyError: It is another part or another file.
        """
        if status == 206:
            found = _CONTENT_RANGE.fullmatch(headers.get("content-range") or "")
            if found is None or found[1] != str(self.offset) or found[2] not in ("*", str(self.size)):
                raise UnexpectedReplyError("The file host sent another part than asked for.", status=status)
            return
        if self.offset and not may_restart:
            raise UnexpectedReplyError("The file has changed on its host while it was read.", status=status)
        self.offset = 0
        length = headers.get("content-length")
        if length is not None and self.size is not None and length != str(self.size):
            raise UnexpectedReplyError(
                f"The file host sends {length} bytes for a file of {self.size}; it may have been replaced meanwhile.",
                status=status,
            )
        etag = headers.get("etag")
        self.etag = etag if etag is not None and etag.startswith('"') else None

    def advance(self, count: int) -> bool:
        """Note that bytes have arrived, and say whether they are further than ever.

        Raises:
            UnexpectedReplyError: They are more than the file has.
        """
        self.offset += count
        if self.size is not None and self.offset > self.size:
            raise UnexpectedReplyError(f"The file host sends more than the {self.size} bytes of the file.", status=200)
        is_new = self.offset > self.furthest
        self.furthest = max(self.furthest, self.offset)
        return is_new

    @property
    def is_complete(self) -> bool:
        """Whether the end of the body is the end of the file."""
        return self.size is None or self.offset == self.size


def secret_parts(url: str) -> tuple[str, ...]:
    """A signed address and the parts of it that its host may repeat: whoever has them can read the file."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return (url,)
    values = (pair.partition("=")[2] for pair in parts.query.split("&"))
    long_values = [value for value in values if len(value) >= _SHORTEST_SECRET]
    target = parts._replace(scheme="", netloc="", fragment="").geturl()
    found = (url, target, parts.query, *long_values, *map(unquote, long_values))
    return tuple(part for part in found if len(part) >= _SHORTEST_SECRET)


def _join(url: str, location: str) -> str:
    """Where a redirect leads; "" where that is no address."""
    try:
        return urljoin(url, location)
    except ValueError:
        return ""
