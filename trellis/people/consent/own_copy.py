"""What a client takes out of their own record about sharing: every consent with its text, and what was told."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from trellis.foundation.program import queries as program
from trellis.people.clients.models import Client
from trellis.people.clients.own_copy import Entry, day, instant, several, text
from trellis.people.consent import presenters, queries
from trellis.people.consent.models import Consent


def consents(client: Client) -> Iterable[Entry]:
    zone, known = program.zone(), queries.known(client)
    papers = dict(Consent.objects.filter(client=client).values_list("pk", "shown"))
    for held in known.held:
        line = presenters.line(held, zone)
        recipients = [one.name for one in held.recipients]
        yield (
            text("kind", _("Consent"), held.row.kind, line.title),
            several("recipients", _("Who may be told"), recipients, line.who),
            several("information", _("What they may be told"), held.row.information, line.what),
            several("purposes", _("What it is for"), held.row.purposes, line.purpose),
            text("until", _("Until when"), line.until),
            instant("signed_at", _("Signed"), held.row.signed_at),
            text("signer_name", _("Signed by"), held.row.signer_name),
            text("out_of_force", _("Why it no longer holds"), str(held.out or ""), line.why_out),
            text("shown", _("What you read and signed"), papers[held.row.pk]),
        )


def passed_on(client: Client) -> Iterable[Entry]:
    for row in queries.passed_on(client):
        yield (
            text("intermediary", _("By whom"), row.disclosure.recipient_name),
            text("entity", _("To whom"), row.entity),
            day("on", _("When"), row.on),
            text("what", _("What"), row.what),
        )


def told(client: Client) -> Iterable[Entry]:
    for row in queries.disclosures(client):
        line = presenters.told(row)
        yield (
            instant("at", _("When"), row.at),
            text("recipient", _("To whom"), row.recipient_name),
            text("address", _("Address"), row.recipient_address),
            several("information", _("What"), row.information, line.what),
            text("content", _("In a line"), row.content, line.content),
            text("purpose", _("What for"), row.purpose, line.purpose),
            text("ground", _("Why we could"), row.ground, line.ground),
        )
