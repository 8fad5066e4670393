"""The finders that stand with their rooms; importing them makes them known."""

from tests.walk import (
    finders_of_aftercare,
    finders_of_alerts,
    finders_of_arriving,
    finders_of_breaches,
    finders_of_diagnoses,
    finders_of_history,
    finders_of_leaving,
    finders_of_measures,
    finders_of_reports,
    finders_of_rights,
    finders_of_tablet,
)

__all__ = [
    "finders_of_aftercare",
    "finders_of_alerts",
    "finders_of_arriving",
    "finders_of_breaches",
    "finders_of_diagnoses",
    "finders_of_history",
    "finders_of_leaving",
    "finders_of_measures",
    "finders_of_reports",
    "finders_of_rights",
    "finders_of_tablet",
]
