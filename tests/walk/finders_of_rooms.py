"""The finders that stand with their rooms; importing them makes them known."""

from tests.walk import finders_of_alerts, finders_of_breaches, finders_of_measures, finders_of_rights

__all__ = ["finders_of_alerts", "finders_of_breaches", "finders_of_measures", "finders_of_rights"]
