"""Work that waits: `@job` makes one, `later` asks for one in the caller's transaction, `every` repeats one."""

from trellis.foundation.jobs.deadline import DeadlinePassed, left
from trellis.foundation.jobs.registry import every, job

__all__ = ["DeadlinePassed", "every", "job", "left"]
