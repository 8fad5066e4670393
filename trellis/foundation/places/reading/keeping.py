"""One row to meetings: the contract's rules about what is kept. A row that is not kept raises `NotKept`."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any

from trellis.foundation.places.reading import addresses, points, sentences, text, times, zones
from trellis.foundation.places.reading.addresses import Address
from trellis.foundation.places.reading.row import NotKept, Row, yes_or_no
from trellis.foundation.places.reading.shapes import Formats
from trellis.foundation.places.reading.values import Listed, Point

MOST_OF_A_NAME, MOST_OF_A_CITY, MOST_OF_A_STATE, MOST_OF_A_CODE = 250, 120, 60, 20
MOST_OF_NOTES, MOST_OF_ONLINE_NOTES, MOST_TYPES = 5000, 1000, 60
WAYS = {"in_person", "online", "hybrid"}

Types = Callable[[Row, Formats], None]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a row says that it meets."""

    location: str
    address: Address
    point: Point | None
    approximate: bool
    said_so: bool  # the source itself says that it is approximate


def listed(row: Row, types_of: Types, formats: Formats) -> tuple[list[Listed], Whereabouts]:
    """The meetings of one row, one for each of its days; without zone and identity, which need the whole list."""
    types_of(row, formats)
    _refuse_inactive(row)
    name = text.without_numbers(row.line("name", MOST_OF_A_NAME)) or text.as_written(row.value("name"), MOST_OF_A_NAME)
    if not name:
        raise NotKept(row.key("name"), row.value("name"), sentences.NO_NAME)
    days, time = _when(row)
    spot = _spot(row)
    url, phone = _ways_in(row)
    attendance = _attendance(row, spot, bool(url or phone))
    end, duration = _until(row, time)
    first = Listed(
        row=row.number, source_id=row.id, day=days[0], time=time, end_time=end, duration=duration, name=name,
        attendance=attendance, types=_few(row), languages=row.languages[:MOST_TYPES], location=spot.location,
        address=text.cut(spot.address.street, MOST_OF_A_NAME), city=text.cut(spot.address.city, MOST_OF_A_CITY),
        state=text.cut(spot.address.state, MOST_OF_A_STATE),
        postal_code=text.cut(spot.address.postal_code, MOST_OF_A_CODE), point=spot.point,
        approximate=spot.approximate, online_url=url, phone=phone, closed=row.closed,
        online_notes=row.paragraphs("online_notes", "more_online_notes", most=MOST_OF_ONLINE_NOTES),
        location_notes=text.without_numbers(row.paragraphs("location_notes", most=MOST_OF_NOTES)),
        notes=text.without_numbers(row.paragraphs("notes", "more_notes", most=MOST_OF_NOTES)),
        updated=_updated(row), zone=_zone(row),
    )  # fmt: skip
    return [first, *(_on(day, first) for day in days[1:])], spot


def _on(day: int | None, first: Listed) -> Listed:
    other = copy(first)
    other.day = day
    return other


def _few(row: Row) -> tuple[str, ...]:
    if len(row.types) > MOST_TYPES:
        row.report(row.key("types"), len(row.types), sentences.CUT)
    return row.types[:MOST_TYPES]


def _refuse_inactive(row: Row) -> None:
    if row.says == "inactive":
        raise NotKept(row.key("says"), row.value("says"), sentences.INACTIVE)
    for key in ("inactive", "archived"):
        if row.flag(key):
            raise NotKept(key, row.given[key], sentences.INACTIVE)
    if row.denied("published"):
        raise NotKept("published", row.given["published"], sentences.INACTIVE)


# --- when -------------------------------------------------------------------------------------------------------------


def _when(row: Row) -> tuple[list[int | None], int | None]:
    """The days and the time; by appointment is no day and no time."""
    given, time = row.value("day"), row.value("time")
    asked = _as_list(given)
    if not any(one not in (None, "") for one in asked):
        asked = []
    if not asked and time is None:
        return [None], None
    if not asked or time is None:
        missing = "time" if asked else "day"
        raise NotKept(row.key(missing), None, sentences.HALF)
    days = _days(row, asked)
    if not days:
        bad = sentences.BAD_CLASSIC_DAY if row.shape.sunday else sentences.BAD_DAY
        raise NotKept(row.key("day"), given, bad)
    start = _mended_time(row, "time")
    if start is None:
        raise NotKept(row.key("time"), time, sentences.BAD_TIME)
    for day in asked:
        if times.day(day, row.shape.sunday) is None:
            row.report(row.key("day"), day, sentences.DAY_DROPPED)
        elif times.is_named(day):
            row.report(row.key("day"), day, sentences.DAY_MENDED)
    return list(days), start


def _as_list(given: Any) -> list[Any]:
    if isinstance(given, str) and "," in given:
        given = given.split(",")
    return given if isinstance(given, list) else [given]


def _days(row: Row, asked: list[Any]) -> dict[int, None]:
    found = (times.day(one, row.shape.sunday) for one in asked)
    return dict.fromkeys(day for day in found if day is not None)


def _mended_time(row: Row, name: str) -> int | None:
    value = row.value(name)
    found = times.minutes(value)
    if found is not None and not _is_plain(value.strip(), found, row.shape.seconds):
        row.report(row.key(name), value, sentences.TIME_MENDED)
    return found


def _is_plain(value: str, found: int, seconds: bool) -> bool:
    plain = times.clock(found)
    return value == plain or (seconds and value == f"{plain}:00")


def _until(row: Row, start: int | None) -> tuple[int | None, int | None]:
    """The end and the length. The end counts before a length; either is left empty when it does not fit."""
    if row.has("end"):
        end = times.minutes(row.value("end"))
        length = times.length_until(start, end) if start is not None and end is not None else None
        if length is not None:
            return _mended_time(row, "end"), length
        row.report(row.key("end"), row.value("end"), sentences.END_LEFT_EMPTY)
    if row.has("length"):
        length = times.length(row.value("length"))
        if length and start is None and length < times.DAY_MINUTES:
            return None, length
        end = times.end_after(start, length) if start is not None and length is not None else None
        if end is not None:
            return end, length
        row.report(row.key("length"), row.value("length"), sentences.LENGTH_LEFT_EMPTY)
    return None, None


# --- where ------------------------------------------------------------------------------------------------------------


def _spot(row: Row) -> Whereabouts:
    whole = addresses.taken_apart(row.line("whole", MOST_OF_A_NAME)) if row.has("whole") else Address()
    said = yes_or_no(row.value("approximate"))
    approximate = said if said is not None else row.has("whole") and not whole.street and not row.has("street")
    city = row.line("city", MOST_OF_A_CITY) or whole.city
    street = row.line("street", MOST_OF_A_NAME).strip(" ,") or ("" if approximate else whole.street)
    if addresses.is_online_word(street) or street.casefold() == city.casefold():
        street = ""
    address = Address(
        street,
        city,
        row.line("state", MOST_OF_A_STATE) or whole.state,
        row.line("postal_code", MOST_OF_A_CODE) or whole.postal_code,
        row.line("country", MOST_OF_A_STATE) or whole.country,
        narrow=whole.narrow or bool(city),
    )
    location = text.without_numbers(row.line("location", MOST_OF_A_NAME))
    return Whereabouts(location, address, _point(row), approximate, said is True)


def _point(row: Row) -> Point | None:
    latitude, longitude = row.value("latitude"), row.value("longitude")
    found = points.point(latitude, longitude)
    if found is None and not (latitude is None and longitude is None):
        name = "latitude" if latitude is not None else "longitude"
        row.report(row.key(name), row.value(name), sentences.POINT_LEFT_EMPTY)
    return found


def is_place(spot: Whereabouts) -> bool:
    """A street address, a named location that is not approximate, or coordinates that are not."""
    if spot.address.street:
        return not spot.approximate or any(char.isdigit() for char in spot.address.street)
    if _is_named(spot) and not spot.said_so and (spot.address.city or not spot.approximate):
        return True
    return spot.point is not None and not spot.approximate


def _is_named(spot: Whereabouts) -> bool:
    """A church, a park; not a city, a county or a way in online where a source has a field for a place."""
    name = spot.location.casefold()
    return bool(name) and not (
        addresses.is_online_word(name) or addresses.is_county(name) or name == spot.address.city.casefold()
    )


def _ways_in(row: Row) -> tuple[str, str]:
    url, mended = text.link(row.value("url")) if row.has("url") else ("", False)
    if mended or (row.has("url") and not url):
        row.report(row.key("url"), row.value("url"), sentences.LINK_MENDED if url else sentences.LINK_LEFT_EMPTY)
    phone = text.dial_in(row.value("phone")) if row.has("phone") else ""
    if row.has("phone") and not phone:
        row.report(row.key("phone"), row.value("phone"), sentences.PHONE_LEFT_EMPTY)
    return url, phone


def _attendance(row: Row, spot: Whereabouts, way: bool) -> str:
    """What the source says, where that can be; else what its place and way in allow."""
    place = is_place(spot) and not row.closed and row.says != "online"
    if place and way:
        return row.says if row.says in WAYS else "hybrid"
    if place or way:
        return "in_person" if place else "online"
    if row.closed:
        key = next((one for one in ("temporarilyVirtual", "temporarily_virtual") if row.flag(one)), row.key("types"))
        raise NotKept(key, row.given.get(key), sentences.CLOSED)
    if row.says == "online":
        raise NotKept(row.key("says"), row.value("says"), sentences.ONLY_ONLINE)
    name = next((one for one in ("url", "phone", "whole", "street", "location") if row.has(one)), "location")
    raise NotKept(row.key(name), row.value(name), sentences.NOWHERE)


# --- the rest ---------------------------------------------------------------------------------------------------------


def _zone(row: Row) -> str:
    if not row.has("zone"):
        return ""
    found = zones.of_source(row.value("zone"))
    if not found:
        row.report(row.key("zone"), row.value("zone"), sentences.ZONE_LEFT_EMPTY)
    return found


def _updated(row: Row) -> Any:
    if not row.has("updated"):
        return None
    found = text.instant(row.value("updated"))
    if found is None:
        row.report(row.key("updated"), row.value("updated"), sentences.DATE_LEFT_EMPTY)
    return found
