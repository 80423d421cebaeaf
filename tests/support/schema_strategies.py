"""Random schemas for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from instant_admin import Schema, i
from instant_admin.schema import Attribute, Link, LinkEnd

# Few names, so that attributes and links often meet under one label, and two schemas speak of the same things.
_NAMESPACES = ("goals", "todos", "people", "$users")
_LABELS = ("a", "b", "owner", "goals")

_attributes = st.builds(
    Attribute,
    st.sampled_from(["string", "number", "boolean", "date", "json"]),
    is_required=st.booleans(),
    is_unique=st.booleans(),
    is_indexed=st.booleans(),
)


@st.composite
def _ends(draw: st.DrawFn, *, can_be_required: bool) -> LinkEnd:
    on = draw(st.sampled_from(_NAMESPACES))
    has = draw(st.sampled_from(["one", "many"]))
    return LinkEnd(
        on,
        draw(st.sampled_from(_LABELS)),
        has,
        required=can_be_required and on != "$users" and draw(st.booleans()),
        on_delete=draw(st.sampled_from(["cascade", None])) if has == "one" else None,
    )


@st.composite
def schemas(draw: st.DrawFn) -> Schema:
    """A schema without conflicts: of what meets under one label, the first stays."""
    entities = draw(
        st.dictionaries(st.sampled_from(_NAMESPACES), st.dictionaries(st.sampled_from(_LABELS), _attributes))
    )
    taken = {(namespace, label) for namespace, labels in entities.items() for label in labels}
    links: dict[str, Link] = {}
    for link in draw(st.lists(st.builds(Link, _ends(can_be_required=True), _ends(can_be_required=False)), max_size=3)):
        names = {(end.on, end.label) for end in (link.forward, link.reverse)}
        if len(names) == 2 and taken.isdisjoint(names):
            taken |= names
            links[f"link{len(links)}"] = link
            entities |= {namespace: entities.get(namespace, {}) for namespace, _ in names}
    for label, attribute in entities.get("$users", {}).items():  # servers refuse required attributes there
        entities["$users"][label] = attribute.optional()
    return i.schema(entities={name: i.entity(labels) for name, labels in entities.items()}, links=links)
