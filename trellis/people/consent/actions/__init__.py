"""What can be done: sign and take back (`consents`), and let something go (`gate`)."""

from trellis.people.consent.actions.consents import (
    Incomplete,
    account_for,
    complete_disclosure,
    keep_scan,
    note_passed_on,
    report_fault,
    revoke,
    set_standing,
    sign,
)

__all__ = [
    "Incomplete", "account_for", "complete_disclosure", "keep_scan", "note_passed_on", "report_fault", "revoke",
    "set_standing", "sign",
]  # fmt: skip
