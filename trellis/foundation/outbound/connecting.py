"""The connection: to a judged address only, each step within the time of the whole."""

import ssl
from collections.abc import Iterable
from typing import Any

import httpcore

from trellis.foundation.outbound.deadline import Deadline


class JudgedAddresses(httpcore.NetworkBackend):
    """Connects to one of the addresses that were judged, whatever name is asked for."""

    def __init__(self, addresses: list[str], deadline: Deadline, dial: httpcore.NetworkBackend) -> None:
        self._addresses, self._deadline, self._dial = addresses, deadline, dial

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        fault: Exception = httpcore.ConnectError()
        for address in self._addresses:
            try:
                stream = self._dial.connect_tcp(address, port, self._deadline.left(timeout), None, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as this:
                fault = this
            else:
                return TimedStream(stream, self._deadline)
        raise fault


class TimedStream(httpcore.NetworkStream):
    """A connection each of whose steps keeps the deadline of the whole: a site that drips cannot hold us."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secure = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return TimedStream(secure, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
