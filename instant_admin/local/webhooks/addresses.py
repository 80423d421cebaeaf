"""Where deliveries may go.

The real server takes https at hosts that the public name service leads to a public address. Here nobody is asked: a
name counts as public unless it is one of those that never are. Beyond that, http at this very machine is taken, so that
webhooks can be tried where they are written.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import TypeAlias

_Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

# The characters of java.net.URI: ASCII without a few, percent signs only before two digits, and letters of all scripts.
_ILLEGAL = re.compile(r"[\x00-\x20\x7f-\xa0\"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})")
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([/?#].*)?")
_AUTHORITY = re.compile(r"(?:[^@\[\]]*@)?(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(?::[0-9]*)?")
_NAME = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.?")

_PRIVATE = tuple(
    ipaddress.ip_network(block)
    for block in (
        *("0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"),
        *("::/128", "::1/128", "fc00::/7", "fe80::/10", "fec0::/10"),
    )
)
_NEVER_PUBLIC = frozenset({"alt", "example", "internal", "invalid", "local", "localhost", "onion", "test"})
"""Top-level domains that the public name service does not know: RFC 2606, 6761, 6762, 7686, 9476, and ICANN's."""
_EXAMPLES = re.compile(r"(?:.*\.)?(?:example\.(?:com|net|org)|example|invalid|test)\.?")
"""Names that stand for others in texts: RFC 2606."""


def why_refused(url: str) -> str | None:
    """Why a webhook cannot have this address; None for one that it can have."""
    host = _host(url)
    if host is not None and url.startswith("http://") and is_this_machine(host):
        return None
    if not url.startswith("https://"):
        return "The Webhook url must be https"
    if host is None:
        return "Invalid URL."
    if host.lower() in ("localhost", "127.0.0.1"):
        return "The Webhook url must be a public url, localhost is not allowed."
    return None if _is_public(host) else "Could not resolve URL."


def is_this_machine(host: str) -> bool:
    """Whether a host is the machine itself."""
    address = _address(host)
    return host.lower().rstrip(".") == "localhost" if address is None else address.is_loopback


def is_example(url: str) -> bool:
    """Whether an address is made up: nobody need be asked to know that nobody is there."""
    return _EXAMPLES.fullmatch((_host(url) or "").lower()) is not None


def _host(url: str) -> str | None:
    """The host of an address, an IPv6 one without its brackets; None where there is none, or it is malformed."""
    parts = None if _ILLEGAL.search(url) else _URL.fullmatch(url)
    authority = None if parts is None else _AUTHORITY.fullmatch(parts[2])
    if authority is None:
        return None
    host = authority[1]
    if host.startswith("["):
        return host[1:-1]
    return host if _NAME.fullmatch(host) else None


def _is_public(host: str) -> bool:
    address = _address(host)
    if address is not None:
        return not any(address in block for block in _PRIVATE)
    labels = host.lower().rstrip(".").split(".")
    return ":" not in host and len(labels) > 1 and labels[-1] not in _NEVER_PUBLIC


def _address(host: str) -> _Address | None:
    """A host that is an address, in the short forms of old too: 127.1 is 127.0.0.1."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        try:
            return ipaddress.IPv4Address(socket.inet_aton(host))
        except (OSError, ValueError):
            return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
