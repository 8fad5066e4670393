"""The finder: meetings that begin next, among very many, in at most five statements.

A week is laid out zone by zone (`rules.when.coming_week`) as stretches of week minutes with their distance from now.
"""

from trellis.foundation.places.finding.finder import MOST_PAGES, PAGE, find, zone_of
from trellis.foundation.places.finding.offers import Offer, forget, kind_of, lists, offer
from trellis.foundation.places.finding.wishes import APPOINTMENT, Found, Line, Wish

__all__ = [
    "APPOINTMENT", "MOST_PAGES", "PAGE", "Found", "Line", "Offer", "Wish", "find", "forget", "kind_of", "lists",
    "offer", "zone_of",
]  # fmt: skip
