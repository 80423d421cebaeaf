"""Time zones as PostgreSQL reads them in a date: abbreviations, names of the IANA database, and offsets."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

_HOUR, _MINUTE = 3600, 60
_LARGEST_OFFSET = 16 * _HOUR
_LARGEST_POSIX_HOURS = 167
_HALF_YEAR = timedelta(days=183)
_LATELY = datetime(2000, 1, 1)  # noqa: DTZ001 - local in whatever zone

_STANDARD = {
    "-10:00": "HST TAHT",
    "-09:30": "MART",
    "-09:00": "AKST GAMT",
    "-08:00": "PST",
    "-07:00": "MST",
    "-06:00": "CST GALT",
    "-05:00": "ACT COT EST PET",
    "-04:00": "AMT AST BOT",
    "-03:30": "NFT NST",
    "-03:00": "BRA BRT GFT PMST UYT WGT",
    "-02:00": "FNT",
    "-01:00": "AZOT EGT",
    "+00:00": "GMT UCT UT UTC WET Z ZULU",
    "+01:00": "CET MET MEZ WAT",
    "+02:00": "EET IST SAST",
    "+03:00": "EAT FET",
    "+03:30": "IRT",
    "+04:00": "MUT RET SCT",
    "+04:30": "AFT",
    "+05:00": "MVT PKT TFT TJT UZT",
    "+05:45": "NPT",
    "+06:00": "ALMT BDT BTT XJT",
    "+06:30": "MMT",
    "+07:00": "CXT ICT WAST",
    "+08:00": "AWST BNT BORT CCT HKT MYT PHT",
    "+08:45": "ACWST",
    "+09:00": "JAYT JST KST PWT",
    "+09:30": "ACST CAST",
    "+10:00": "AEST CHUT DDUT LIGT MPT PGT TRUT YAPT",
    "+10:30": "LHST",
    "+11:00": "PONT VUT",
    "+12:00": "FJT GILT MHT NZST NZT TVT WAKT WFT",
    "+12:45": "CHAST",
    "+13:00": "TOT",
}
"""Abbreviations of PostgreSQL's set `Default`, by what they mean."""
_SUMMER = {
    "-08:00": "AKDT",
    "-07:00": "PDT",
    "-06:00": "MDT",
    "-05:00": "CDT",
    "-04:00": "EDT",
    "-03:00": "ADT CLST PYST",
    "-02:30": "NDT",
    "-02:00": "BRST PMDT UYST WGST",
    "-01:00": "FNST",
    "+00:00": "AZOST EGST",
    "+01:00": "BST WETDST",
    "+02:00": "BDST CEST CETDST MEST MESZ METDST",
    "+03:00": "EEST EETDST IDT",
    "+04:00": "MSD",
    "+05:00": "MUST",
    "+06:00": "KGST PKST UZST YEKST",
    "+07:00": "ALMST",
    "+08:00": "WADT",
    "+09:00": "AWSST ULAST WDT",
    "+10:00": "KDT",
    "+10:30": "ACDT ACSST CADT SADT",
    "+11:00": "AEDT AESST",
    "+13:00": "FJST NZDT",
    "+13:45": "CHADT",
}
"""Those of daylight saving times."""
_CHANGING = {
    "America/Argentina/Buenos_Aires": "ARST ART",
    "America/Asuncion": "PYT",
    "America/Caracas": "VET",
    "America/Guyana": "GYT",
    "America/Santiago": "CLT",
    "Antarctica/Davis": "DAVT",
    "Antarctica/Mawson": "MAWT",
    "Asia/Anadyr": "ANAST ANAT",
    "Asia/Ashgabat": "TMT",
    "Asia/Baku": "AZST AZT",
    "Asia/Bishkek": "KGT",
    "Asia/Colombo": "LKT",
    "Asia/Irkutsk": "IRKST IRKT",
    "Asia/Kamchatka": "PETST PETT",
    "Asia/Krasnoyarsk": "KRAST KRAT",
    "Asia/Magadan": "MAGST MAGT",
    "Asia/Novosibirsk": "NOVST NOVT",
    "Asia/Omsk": "OMSST OMST",
    "Asia/Singapore": "SGT",
    "Asia/Tbilisi": "GEST GET",
    "Asia/Ulaanbaatar": "ULAT",
    "Asia/Vladivostok": "VLAST VLAT",
    "Asia/Yakutsk": "YAKST YAKT",
    "Asia/Yekaterinburg": "YEKT",
    "Asia/Yerevan": "AMST",
    "Atlantic/Stanley": "FKST FKT",
    "Australia/Lord_Howe": "LHDT",
    "Europe/Moscow": "MSK",
    "Europe/Volgograd": "VOLT",
    "Indian/Chagos": "IOT",
    "Pacific/Easter": "EASST EAST",
    "Pacific/Fakaofo": "TKT",
    "Pacific/Kiritimati": "LINT",
    "Pacific/Kosrae": "KOST",
    "Pacific/Niue": "NUT",
    "Pacific/Rarotonga": "CKT",
}
"""Those that mean what the zone had at the time."""

_OFFSET = re.compile(r"([+-])(\d*)(?::(\d*)(?::(\d*))?)?").fullmatch
_POSIX = re.compile(r"[a-z/_.]+([+-]?)(\d+)(?::(\d+)(?::(\d+))?)?").fullmatch


def offset_seconds(text: str) -> int | None:
    """What an offset like `+2`, `-0330` or `+05:30:15` says, east of Greenwich; None if it is none.

    A lone sign is an offset of zero.
    """
    found = _OFFSET(text)
    if not found:
        return None
    sign, hours, minutes, seconds = found[1], int(found[2] or 0), int(found[3] or 0), int(found[4] or 0)
    if found[3] is None and len(text) > len("+hh"):
        hours, minutes = divmod(hours, 100)
    if minutes >= _MINUTE or seconds >= _MINUTE or hours * _HOUR >= _LARGEST_OFFSET:
        return None
    total = hours * _HOUR + minutes * _MINUTE + seconds
    return -total if sign == "-" else total


def _by_abbreviation(table: dict[str, str]) -> dict[str, int]:
    offsets = {
        abbreviation: offset_seconds(offset) for offset, names in table.items() for abbreviation in names.split()
    }
    return {abbreviation.lower(): offset for abbreviation, offset in offsets.items() if offset is not None}


STANDARD_OFFSETS = _by_abbreviation(_STANDARD)
"""Abbreviations in lower case of zones' standard times; seconds east of Greenwich."""
SUMMER_OFFSETS = _by_abbreviation(_SUMMER)
"""Those of daylight saving times."""
CHANGING_ZONES = {name.lower(): zone for zone, names in _CHANGING.items() for name in names.split()}
"""Abbreviations that have changed their meaning, and the zone that tells what they mean at a time."""


def zone_offset(name: str, local: datetime) -> int | None:
    """The seconds east of Greenwich in a zone, named in lower case, at a local time; None if there is no such zone.

    Besides names of the IANA database a POSIX form is known, in which `foo+5` means five hours west.
    """
    key = _zone_names().get(name)
    if key is not None:
        return _offset_at(ZoneInfo(key), local)
    found = _POSIX(name)
    if not found:
        return None
    hours, minutes, seconds = int(found[2]), int(found[3] or 0), int(found[4] or 0)
    if hours > _LARGEST_POSIX_HOURS or minutes >= _MINUTE or seconds > _MINUTE:
        return None
    west = hours * _HOUR + minutes * _MINUTE + seconds
    return west if found[1] == "-" else -west


def changing_offset(abbreviation: str, local: datetime) -> int | None:
    """The seconds east of Greenwich that one of `CHANGING_ZONES` means at a local time.

    None where Python finds no database of time zones.
    """
    key = CHANGING_ZONES[abbreviation]
    if key.lower() not in _zone_names():
        return None
    zone = ZoneInfo(key)
    # Standard time is meant as such in summer too, and before there were zones.
    for probe in (local, local - _HALF_YEAR, _LATELY):
        if zone.tzname(probe) == abbreviation.upper():
            return _offset_at(zone, probe)
    return _offset_at(zone, local)


def _offset_at(zone: ZoneInfo, local: datetime) -> int:
    # A time that the clock skips is read with the offset before, one that comes twice with the offset after.
    offsets = [local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)]
    return min(int(offset.total_seconds()) for offset in offsets if offset is not None)


@cache
def _zone_names() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}
