"""The one clock: `clock.now()` is aware and UTC. A demo database may shift it, a test may hold it."""

from trellis.foundation.clock.time import forget_shift, now, today, travel

__all__ = ["forget_shift", "now", "today", "travel"]
