"""Settings, files, the way to the network."""

import shutil
import socket
import ssl
import stat
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from django.conf import settings

from trellis.doors.operations.checks.finding import Finding, look, ok, wrong

LOCAL = {"localhost", "127.0.0.1", "[::1]"}
FEWEST_BYTES = 1_000_000_000
CERTIFICATE_DAYS = 14


def secrets() -> Finding:
    path = Path(settings.VAR) / "secrets.json"
    if not path.exists():
        return ok("secrets", "Secrets come from the environment.")
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return wrong("secrets", f"Others on this machine can read {path}.", f"Run: chmod 600 {path}")
    return ok(
        "secrets", f"Secrets lie in {path}, which only its owner reads. Keep a copy of it apart from the database."
    )


def debug() -> Finding:
    if settings.DEBUG:
        return wrong(
            "debug", "DEBUG is on: pages of error show the code and its values.", "Take DEBUG out of the environment."
        )
    return ok("debug", "DEBUG is off.")


def https() -> Finding:
    if settings.HTTPS:
        return ok("https", "Pages are served by HTTPS only, and browsers are told to remember it.")
    open_to = sorted(set(settings.ALLOWED_HOSTS) - LOCAL)
    if open_to:
        return wrong(
            "https",
            f"Pages for {', '.join(open_to)} are not protected by HTTPS.",
            "Put a server with a certificate in front, and set TRELLIS_HTTPS=1 and TRELLIS_BEHIND_PROXY=1.",
        )
    return look(
        "https",
        "Only this machine can open the pages.",
        "To open them to others set ALLOWED_HOSTS and SITE_URL to the host's name, and TRELLIS_HTTPS=1.",
    )


def certificate() -> Finding:
    site = urlsplit(settings.SITE_URL)
    if site.scheme != "https" or not site.hostname:
        return ok("certificate", "SITE_URL is not an HTTPS address: there is no certificate to look at.")
    try:
        until = _certificate_until(site.hostname, site.port or 443)
    except (OSError, ValueError) as fault:
        return wrong(
            "certificate",
            f"The certificate of {site.hostname} could not be read ({type(fault).__name__}).",
            "Check that SITE_URL is right and that the server in front answers.",
        )
    days = (until - datetime.now(UTC)).days  # a certificate keeps the wall's time
    if days < CERTIFICATE_DAYS:
        return wrong("certificate", f"The certificate of {site.hostname} ends in {days} days.", "Renew it.")
    return ok("certificate", f"The certificate of {site.hostname} holds for {days} days.")


def _certificate_until(host: str, port: int) -> datetime:
    context = ssl.create_default_context()
    with (
        socket.create_connection((host, port), timeout=5) as plain,
        context.wrap_socket(plain, server_hostname=host) as secure,
    ):
        found = secure.getpeercert(binary_form=True)
    return x509.load_der_x509_certificate(found or b"").not_valid_after_utc


def disk() -> Finding:
    free = shutil.disk_usage(settings.VAR).free
    if free < FEWEST_BYTES:
        return wrong(
            "disk", f"Only {free // 1_000_000} MB are free where the data lies.", "Make room before it is full."
        )
    return ok("disk", f"{free // 1_000_000_000} GB are free where the data lies.")
