"""Entities by label, as queries show them and rules see them."""

# ruff: noqa: S608  statements are put together from own names and numbers; values are parameters

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import msgspec

from instant_admin.local.attributes import ID_LABEL
from instant_admin.local.catalog import FILES, FILES_LOCATION, FILES_URL
from instant_admin.local.store import ReadUnit

StoredRow = tuple[str, int | None, int | None, str | None]
"""Id, creation time, whether it is listed, and the stored values of an entity; only the id where it has no row."""

_decode = msgspec.json.Decoder(dict[str, Any]).decode


class RecordReader:
    """Reads entities of one namespace."""

    def __init__(self, unit: ReadUnit, etype: str) -> None:
        self._unit = unit
        self._etype = etype
        attributes = [attribute for attribute in unit.attributes.of(etype) if attribute.is_single]
        self._labels = {a.slot: a.label for a in attributes if not a.is_link and not a.is_id}
        self._links = {a.key: a.label for a in attributes if a.is_link}
        location = unit.attributes.forward(*FILES_LOCATION) if etype == FILES else None
        self._location_slot = None if location is None else location.slot

    def values(self, id: str, *, listed: bool, doc: str | None) -> dict[str, Any]:
        """The plain values of an entity, from its row or from none."""
        values: dict[str, Any] = {}
        if doc is not None:
            labels, stored = self._labels, _decode(doc)
            values = {labels[slot]: value for slot, value in stored.items() if slot in labels}
            if self._location_slot in stored:
                values[FILES_URL[1]] = self._unit.file_url(stored[self._location_slot])
        if listed:
            values[ID_LABEL] = id
        return values

    def add_links(self, records: dict[str, dict[str, Any]], fields: frozenset[str] | None = None) -> None:
        """Add the targets of has-one links to records by id: of all links, or of those among some labels."""
        links = {key: label for key, label in self._links.items() if fields is None or label in fields}
        if not links or not records:
            return
        rows = self._unit.db.execute(
            f"SELECT attr, src, dst FROM link WHERE attr IN ({', '.join(map(str, links))})"
            " AND src IN (SELECT value FROM json_each(?))",
            (json.dumps(list(records)),),
        )
        for key, source, target in rows:
            records[source][links[key]] = target

    def load(self, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Whole records of entities by id; empty ones of those for which nothing is stored."""
        records: dict[str, dict[str, Any]] = {id: {} for id in ids}
        rows = self._unit.db.execute(
            "SELECT id, listed, doc FROM entity WHERE app = ? AND etype = ? AND id IN (SELECT value FROM json_each(?))",
            (self._unit.app.key, self._etype, json.dumps(list(records))),
        )
        for id, listed, doc in rows:
            records[id] = self.values(id, listed=listed == 1, doc=doc)
        self.add_links(records)
        return records
