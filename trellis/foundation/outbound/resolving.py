"""Which addresses a name has, asked once and not waited for longer than the caller can."""

import socket
import threading

from trellis.foundation.outbound.faults import NotFetched


def resolve(host: str, port: int, seconds: float) -> list[str]:
    """In: a name, a port, how long to wait. Out: its addresses, at least one. Raises NotFetched.

    `getaddrinfo` knows no time limit: it is asked in a thread that nobody waits for once the time is over. It also
    reads 127.1, 0x7f.1 and 2130706433 as 127.0.0.1: addresses are judged after it, never the text before it.
    """
    found: list[str] = []

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(dict.fromkeys(str(row[4][0]) for row in rows))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    if asking.is_alive():
        raise NotFetched("slow")
    if not found:
        raise NotFetched("unknown")
    return found
