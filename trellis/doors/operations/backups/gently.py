"""Long work that gives way to people: it runs where nobody else wants to.

On Linux a thread has a niceness of its own, which the programs that it starts inherit; PostgreSQL waits for whoever
reads slowly. It cannot be taken back, so the work has its own thread: whoever asked for it is as quick afterwards as
before.
"""

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from django.db import connection

T = TypeVar("T")
#: a tenth of a turn beside whoever works; with less, a backup on a busy machine would not end
GENTLE = 10


def gently(act: Callable[[], T]) -> T:
    with ThreadPoolExecutor(1, "gently", _give_way) as one:
        return one.submit(copy_context().run, _act, act).result()


def _give_way() -> None:
    if sys.platform == "linux":
        me = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, me, max(GENTLE, os.getpriority(os.PRIO_PROCESS, me)))


def _act(act: Callable[[], T]) -> T:
    try:
        return act()
    finally:
        connection.close()  # of this thread
