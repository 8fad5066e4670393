"""What can be done with lists of meetings; each verb asks who may."""

from trellis.foundation.places.actions.lists import describe_list, drop, import_list, release, switch
from trellis.foundation.places.actions.reporting import handle_report, report_wrong
from trellis.foundation.places.actions.rereading import found_unchanged, not_read, remember_source

__all__ = [
    "describe_list",
    "drop",
    "found_unchanged",
    "handle_report",
    "import_list",
    "not_read",
    "release",
    "remember_source",
    "report_wrong",
    "switch",
]
