"""The types of one namespace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from instant_admin._core.codegen.layout import literal_alias, spoken, subscript_alias, typed_dict
from instant_admin._core.codegen.paths import condition_types
from instant_admin._core.codegen.value_types import field_type, written_type
from instant_admin._core.schema.system import SYSTEM
from instant_admin._core.schema.values import Attribute, LinkLabel
from instant_admin._core.validation.tables import Namespace, Tables


@dataclass(frozen=True, slots=True)
class NamespaceTypes:
    """Writes the types of one namespace."""

    namespace: Namespace
    tables: Tables
    stems: Mapping[str, str]
    use_dates: bool
    path_depth: int

    def sections(self) -> Iterator[str]:
        """The source of each type, in an order in which what is evaluated comes first."""
        yield from self._literals()
        yield from self._rows()
        yield from self._writes()
        yield from self._queries()

    @property
    def _stem(self) -> str:
        return self.stems[self.namespace.name]

    @property
    def _attributes(self) -> dict[str, Attribute]:
        return {label: one for label, one in self.namespace.attributes.items() if label != "id"}

    @property
    def _links(self) -> dict[str, LinkLabel]:
        """The links that lead to something known."""
        return {label: link for label, link in self.namespace.links.items() if link.target in self.tables}

    def _literals(self) -> Iterator[str]:
        raw_ids = [label for label, link in self._links.items() if link.is_forward and link.has == "one"]
        unique = [label for label, one in self._attributes.items() if one.is_unique]
        yield literal_alias(f"{self._stem}Attribute", ["id", *self._attributes])
        yield literal_alias(f"{self._stem}Link", self._links)
        yield literal_alias(f"{self._stem}Field", dict.fromkeys(["id", *self._attributes, *raw_ids]))
        yield literal_alias(
            f"{self._stem}Unique", dict.fromkeys(["id", *unique, *(f"{label}.id" for label in raw_ids)])
        )

    def _rows(self) -> Iterator[str]:
        about = spoken(self.namespace.name)
        own = self._own_fields()
        linked = {label: self._row_type(link) for label, link in self._links.items() if label not in self._attributes}
        yield typed_dict(f"{self._stem}Attributes", f"What an entity of {about} has by itself.", own)
        yield typed_dict(
            f"{self._stem}Row",
            f"An entity of {about} in a query's result, with the links that the query asks for.",
            linked,
            base=f"{self._stem}Attributes",
            inherited=own,
        )

    def _own_fields(self) -> dict[str, str]:
        built_in = SYSTEM.entities.get(self.namespace.name)
        fields = {"id": "str"}
        for label, attribute in self._attributes.items():
            is_own = built_in is None or label not in built_in.attributes
            fields[label] = field_type(attribute, is_own=is_own, use_dates=self.use_dates)
            if label in self._links:  # the query decides which of the two is there
                fields[label] = "NotRequired[Any]"
        return fields

    def _row_type(self, link: LinkLabel) -> str:
        row = f"{self.stems[link.target]}Row"
        return f"list[{row}]" if link.has == "many" else f"{row} | None"

    def _writes(self) -> Iterator[str]:
        about, stem = spoken(self.namespace.name), self._stem
        values = {label: written_type(one) for label, one in self._attributes.items()}
        needed = {
            label: type_text if self._attributes[label].is_required else f"NotRequired[{type_text}]"
            for label, type_text in values.items()
        }
        links = {label: "LinkTargets" if one.has == "many" else "LinkTarget" for label, one in self._links.items()}
        yield typed_dict(f"{stem}Create", f"What a new entity of {about} is made of.", needed)
        yield typed_dict(f"{stem}Update", f"What can be set of an entity of {about}.", values, total=False)
        yield typed_dict(f"{stem}Links", f"What an entity of {about} can be linked to.", links, total=False)
        types = [f"{stem}Create", f"{stem}Update", f"{stem}Links"]
        yield subscript_alias(f"{stem}Chunk", "TransactionChunk", types)
        yield subscript_alias(f"{stem}Builder", "NamespaceBuilder", [*types, f"{stem}Unique"])

    def _queries(self) -> Iterator[str]:
        about, stem = spoken(self.namespace.name), self._stem
        conditions = condition_types(self.namespace, self.tables, self.path_depth)
        where = {label: type_text.replace("@", stem) for label, type_text in conditions.items()}
        yield typed_dict(f"{stem}Where", f"Conditions about entities of {about}.", where, total=False)
        yield from self._orders()
        choices = {"where": f"{stem}Where", "fields": f"Sequence[{stem}Field]"}
        yield typed_dict(
            f"{stem}Options",
            f"Which entities of {about} a query is about.",
            {**choices, "order": f"{stem}Order"},
            base="PageOptions",
            total=False,
        )
        yield typed_dict(
            f"{stem}NestedOptions",
            f"Which entities of {about} stand inside of what links to them.",
            {**choices, "order": f"{stem}NestedOrder", "limit": "int"},
            total=False,
        )
        nested = {label: f"{self.stems[link.target]}Nested" for label, link in self._links.items()}
        yield typed_dict(f"{stem}Query", f"What is asked of {about}.", {"$": f"{stem}Options", **nested}, total=False)
        yield typed_dict(
            f"{stem}Nested",
            f"What is asked of {about} inside of what links to them.",
            {"$": f"{stem}NestedOptions", **nested},
            total=False,
        )

    def _orders(self) -> Iterator[str]:
        """At the top only by what is indexed and has a type, nested by anything (server contract, data 2.2)."""
        about, stem = spoken(self.namespace.name), self._stem
        ordered = [label for label, one in self._attributes.items() if one.is_indexed and one.value_type != "json"]
        singular = [label for label, link in self._links.items() if link.is_forward and link.has == "one"]
        anything = dict.fromkeys(["id", *self._attributes, *singular])
        for name, labels in ((f"{stem}Order", ordered), (f"{stem}NestedOrder", anything)):
            directions = dict.fromkeys(("serverCreatedAt", *labels), "Direction")
            yield typed_dict(name, f"What entities of {about} are ordered by: one of these.", directions, total=False)
