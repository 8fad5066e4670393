"""What `trellis doctor` looks at. Each check gives one sentence, and what to do where something is wrong."""

from collections.abc import Callable

from django.db import DatabaseError

from trellis.doors.operations.checks import backups, database, documents, installation, keys, retention, running, trail
from trellis.doors.operations.checks.finding import Finding, State, wrong

Check = Callable[[], Finding]

#: the order in which one is the cause of the next
CHECKS: tuple[Check, ...] = (
    installation.secrets,
    installation.debug,
    installation.https,
    installation.certificate,
    installation.disk,
    database.reachable,
    database.schema,
    database.guards,
    database.rights,
    database.durable,
    database.cache,
    keys.sealed_texts,
    documents.documents,
    running.program,
    running.administrator,
    running.demo,
    running.clock,
    running.worker,
    running.jobs,
    running.mail_server,
    running.outbox,
    running.meeting_lists,
    backups.backups,
    backups.archiving,
    trail.checkpoint,
    retention.retention,
)


def examine(checks: tuple[Check, ...] = CHECKS) -> list[Finding]:
    """Everything, in order; without a database the rest cannot be looked at."""
    findings = []
    for check in checks:
        finding = _safely(check)
        findings.append(finding)
        if check in (database.reachable, database.schema) and finding.state is State.WRONG:
            break
    return findings


def _safely(check: Check) -> Finding:
    try:
        return check()
    except DatabaseError as fault:
        return wrong(
            check.__name__, f"The database refused a question: {type(fault).__name__}.", "Run: trellis migrate"
        )


def is_whole(findings: list[Finding]) -> bool:
    return all(finding.state is not State.WRONG for finding in findings)
