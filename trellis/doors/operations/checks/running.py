"""Who and what is at work."""

import smtplib
from datetime import UTC, datetime, timedelta

from django.conf import settings

from trellis.doors.operations.checks.finding import Finding, look, ok, wrong
from trellis.foundation import clock as the_clock
from trellis.foundation.access.roles import ProgramAdministrator
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.clock.models import ClockShift
from trellis.foundation.jobs import queries as jobs_queries
from trellis.foundation.messaging import queries as messages
from trellis.foundation.messaging.rules import revealing_words
from trellis.foundation.places import queries as places
from trellis.foundation.program import queries as program_queries
from trellis.people.accounts.queries import accounts_in_role

SMTP = "django.core.mail.backends.smtp.EmailBackend"
LATE = timedelta(minutes=5)
SILENT = timedelta(seconds=90)


def program() -> Finding:
    version = program_queries.current_version()
    if version is None:
        return wrong("program", "No program is loaded.", "Run: trellis blueprint load FILE")
    return ok("program", f"Version {version.number} of the program is loaded.")


def administrator() -> Finding:
    if not accounts_in_role(ProgramAdministrator.key).exists():
        return wrong(
            "administrator",
            "Nobody is program administrator yet.",
            "Open the link that trellis setup printed; to get a new one run: trellis setup",
        )
    return ok("administrator", "There is a program administrator.")


def demo() -> Finding:
    shifted = ClockShift.objects.exists()
    if shifted and not settings.DEMO:
        return wrong(
            "demo",
            "This database is a demo, with a clock of its own.",
            "Do not keep real records in it: make a new one.",
        )
    return ok("demo", "This is a demo; it sends nothing." if settings.DEMO else "This is not a demo.")


def clock() -> Finding:
    newest = AuditEvent.objects.order_by("-id").values_list("at", flat=True).first()
    ahead = (newest - datetime.now(UTC)) if newest else timedelta()
    if ahead > LATE:
        return wrong(
            "clock",
            f"The last event lies {ahead.total_seconds() // 60:.0f} minutes ahead: this machine's clock went back.",
            "Set the clock, and let a time service keep it (for example systemd-timesyncd).",
        )
    return ok("clock", f"This machine's clock says {datetime.now(UTC):%Y-%m-%d %H:%M} UTC.")


def worker() -> Finding:
    pulse = jobs_queries.pulse(the_clock.now())
    if pulse is None or pulse > SILENT:
        when = "has never run" if pulse is None else f"has been silent for {_spoken(pulse)}"
        return wrong(
            "worker", f"The background worker {when}: no message goes out.", "Run: trellis serve (or: trellis worker)"
        )
    return ok("worker", f"The background worker was there {pulse.total_seconds():.0f} seconds ago.")


def jobs() -> Finding:
    count = jobs_queries.failed_since(the_clock.now() - timedelta(days=1))
    if count:
        return look("jobs", f"{count} jobs failed for good since yesterday.", 'Look for "job failed" in the log.')
    return ok("jobs", "No job failed since yesterday.")


def mail_server() -> Finding:
    if settings.DEMO:
        return ok("mail", "A demo sends no mail.")
    if settings.EMAIL_BACKEND != SMTP:
        return look("mail", f"Mail goes to {settings.EMAIL_BACKEND}.", "Check that it reaches people.")
    if revealing_words(settings.DEFAULT_FROM_EMAIL.replace("@", " ").replace(".", " ").replace("-", " ")):
        return look(
            "mail",
            f"The sender {settings.DEFAULT_FROM_EMAIL} tells what this is about.",
            "Choose a neutral DEFAULT_FROM_EMAIL.",
        )
    try:
        smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=5).close()
    except (OSError, smtplib.SMTPException):
        return wrong(
            "mail",
            f"The mail server {settings.EMAIL_HOST}:{settings.EMAIL_PORT} does not answer: messages wait.",
            "Set EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD and EMAIL_USE_TLS or EMAIL_USE_SSL.",
        )
    return ok("mail", f"The mail server {settings.EMAIL_HOST}:{settings.EMAIL_PORT} answers.")


def outbox() -> Finding:
    if settings.DEMO:
        return ok("outbox", "What this demo would send is read on its outbox page.")
    parked = messages.parked().count()
    if parked:
        return look("outbox", f"{parked} messages were set aside and will not go out by themselves.", "Look at why.")
    late = messages.waiting_for(the_clock.now())
    if late is not None and late > LATE:
        return wrong(
            "outbox", f"The oldest message has waited for {_spoken(late)}.", "Check the worker and the mail server."
        )
    return ok("outbox", "No message is late.")


def meeting_lists() -> Finding:
    late = list(places.unread_for_long(the_clock.now()).values_list("name", flat=True))
    if late:
        return look(
            "meetings",
            f"{len(late)} lists of meetings could not be read for long: {', '.join(late[:5])}.",
            "Open Meeting lists: each says why, and may be switched off.",
        )
    return ok("meetings", "No list of meetings is out of date.")


def _spoken(time: timedelta) -> str:
    minutes = int(time.total_seconds() // 60)
    if minutes < 2:
        return f"{time.total_seconds():.0f} seconds"
    return f"{minutes} minutes" if minutes < 120 else f"{minutes // 60} hours"
