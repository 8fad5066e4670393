"""Reading a published list of meetings: bytes in, meetings and problems out. Pure: no database, no clock, no network.

The contract (`shared/contracts/meetings.md`) says which rows are kept. A row that cannot be read costs only itself.
"""

from trellis.foundation.places.reading.source import LIMIT_BYTES, NoList, read
from trellis.foundation.places.reading.values import Listed, Outcome, Problem

__all__ = ["LIMIT_BYTES", "Listed", "NoList", "Outcome", "Problem", "read"]
