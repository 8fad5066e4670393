"""The ways on which something can leave the house. Each place that uses one is listed with the reason why nothing
about a client goes there; whatever is about a client goes through the gate (people/consent/actions/gate.py)."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.checks.tree import python_files, relative

#: a name that is called, or a module that is imported → the way out that it opens
CALLS = {
    "FileResponse": "file", "StreamingHttpResponse": "response", "JsonResponse": "response",
    "send_mail": "mail", "send_mass_mail": "mail", "EmailMessage": "mail", "EmailMultiAlternatives": "mail",
    "mail_admins": "mail", "mail_managers": "mail", "write_text": "file", "write_bytes": "file",
    "NamedTemporaryFile": "file", "mkstemp": "file",
}  # fmt: skip
MODULES = {
    "django.core.mail": "mail", "smtplib": "mail", "csv": "file", "zipfile": "file", "icalendar": "feed",
    "django.contrib.syndication": "feed", "fpdf": "file", "openpyxl": "file",
    "trellis.foundation.messaging.actions": "message",
}  # fmt: skip
HEADERS = {"content-disposition": "file"}
WRITES_A_FILE = frozenset("wax+")

#: file → why nothing about a client leaves there
LISTED: dict[str, str] = {
    "trellis/config/errors.py": "a sentence about a fault",
    "trellis/config/health.py": "whether the house stands",
    "trellis/doors/client_portal/pages/own_copy.py": "to the client, after their password: one's own record (2.23)",
    "trellis/doors/operations/anchors.py": "where the sealed trail stands: numbers and hashes",
    "trellis/doors/operations/backups/archive.py": "the whole record, encrypted to the program's own keys",
    "trellis/doors/operations/backups/private.py": "a folder that only the operator reads, removed at the end",
    "trellis/doors/operations/backups/sealed.py": "the whole record, encrypted to the program's own keys",
    "trellis/doors/operations/checks/running.py": "asks the mail server whether it answers",
    "trellis/doors/operations/retention/ledger.py": "who was deleted: numbers and hashes, no name",
    "trellis/doors/operations/static.py": "scripts, fonts, pictures of the house",
    "trellis/doors/reports/exporting.py": "numbers of a quarter, no name, no day of anybody",
    "trellis/doors/reports/pages.py": "the same table as a file",
    "trellis/doors/staff_desk/pages/set_aside.py": "sends nothing: tries again, and the outbox asks again",
    "trellis/doors/public_site/kept.py": "public pages, the same for everybody",
    "trellis/foundation/audit/management/commands/audit.py": "hashes",
    "trellis/journey/inquiry/pages/referrals.py": "to whoever may read the referral: what another place sent us",
    "trellis/foundation/documents/giving.py": "to whoever may read what it belongs to, or after the gate",
    "trellis/foundation/documents/shelf.py": "a folder of the server, each file sealed under its own key",
    "trellis/foundation/messaging/jobs.py": "the outbox itself: what says too much is set aside",
    "trellis/foundation/messaging/senders.py": "the outbox itself",
    "trellis/foundation/places/calendars.py": "meetings, which are public",
    "trellis/foundation/places/pages/public.py": "meetings, which are public",
    "trellis/journey/inquiry/actions/asking.py": "to whoever asked, at the address that they gave, in neutral words",
    "trellis/journey/continuity/leaving/pdf.py": "to the client (2.23), or to the team for our own record (2.12(c)(3))",
    "trellis/journey/schedule/pages/room.py": "to whoever leads the room, inside the program (2.12(c)(3))",
    "trellis/people/accounts/actions/invitations.py": "to whoever is invited, in neutral words",
    "trellis/people/accounts/locking.py": "whether a room is locked",
    "trellis/journey/measures/actions/raising.py": "to clinicians on duty, in neutral words that name nobody",
    "trellis/journey/continuity/aftercare/actions.py": "to the client on their yes, to staff: look, and no more",
    "trellis/people/accounts/mail.py": "to the owner of a sign-in, in neutral words",
    "trellis/people/accounts/pages/own.py": "nothing: that a draft was kept",
    "trellis/people/accounts/pages/room_pin.py": "whether a room is locked",
    "trellis/people/breaches/actions.py": "to whoever was affected (164.404), in neutral words: a letter waits",
    "trellis/people/breaches/exporting.py": "numbers and days of breaches, for HHS (164.408): no name, no story",
    "trellis/people/breaches/pages/log.py": "the same table as a file",
    "trellis/people/clients/emergency/actions.py": "to those who guard privacy, in neutral words that name nobody",
    "trellis/people/clients/watched/actions.py": "to those who guard privacy, in neutral words that name nobody",
    "trellis/people/consent/outside/actions.py": "to clinicians, in neutral words: look, and nothing about whom",
    "trellis/people/consent/release.py": "asks the gate before a message goes, and writes down that it did",
    "trellis/people/rights/requests/actions.py": "to the client, as they agreed: look, and nothing about what",
    "trellis/ui/assets.py": "scripts, fonts, pictures of the house",
    "trellis/ui/management/commands/build_ui.py": "scripts, fonts, pictures of the house",
}


def ways_out(root: Path, listed: dict[str, str] | None = None) -> list[str]:
    known = LISTED if listed is None else listed
    faults, used = [], set()
    for path in python_files(root):
        name = relative(path, root)
        if not name.startswith("trellis/") or "/tests/" in name or "/migrations/" in name:
            continue
        found = list(_ways(ast.parse(path.read_text())))
        if found and name in known:
            used.add(name)
        else:
            faults += [f"{name}:{line}: a way out ({way}) beside the gate" for line, way in found]
    return faults + [f"{name} is listed and lets nothing out" for name in sorted(set(known) - used)]


def _ways(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((node.lineno, MODULES[module]) for module in _modules(node) if module in MODULES)
        elif isinstance(node, ast.Call):
            way = _of_call(node)
            if way:
                yield node.lineno, way
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.lower() in HEADERS:
            yield node.lineno, HEADERS[node.value.lower()]


def _modules(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    base = node.module or ""
    return [base, *(f"{base}.{alias.name}" for alias in node.names)]


def _of_call(node: ast.Call) -> str | None:
    name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
    if name == "HttpResponse":
        return "response" if node.args or any(key.arg == "content" for key in node.keywords) else None
    if name == "open":
        return "file" if any(WRITES_A_FILE & set(mode) for mode in _modes(node)) else None
    return CALLS.get(name)


def _modes(node: ast.Call) -> list[str]:
    """`open(path, "w")`, `path.open("w")`, `open(path, mode="w")`."""
    given = node.args[1:2] if isinstance(node.func, ast.Name) else node.args[:1]
    given = [*given, *(key.value for key in node.keywords if key.arg == "mode")]
    return [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
