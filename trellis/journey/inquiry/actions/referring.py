"""A referral comes in, and somebody says whom it is about."""

import json
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.record import crypto
from trellis.journey.inquiry import queries, rules
from trellis.journey.inquiry.actions.answering import mark_duplicate, reopen
from trellis.journey.inquiry.forms.fields import national
from trellis.journey.inquiry.models import (
    Channel,
    ForWhom,
    Inquiry,
    Referral,
    ReferralMatch,
    ReferralOriginal,
)
from trellis.journey.inquiry.queries import referrals
from trellis.journey.inquiry.referral.arriving import Arrived
from trellis.people.clients.kept_out.actions import renew
from trellis.people.clients.models import Client

Step = ReferralMatch.Step

NOT_PROPOSED = _("This person is not proposed any more. Look at the page again.")
ANOTHER = _("Somebody said already whom this is about. Take that back first.")
NOTHING_TO_UNDO = _("There is nothing to take back. Look at the page again.")
OTHERS_JOINED = _("Other inquiries were joined to this one. Join them on the page of the inquiry.")


@dataclass(frozen=True)
class Receipt:
    referral: Referral
    #: False: this very file, or these very words, were here already
    is_new: bool

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.referral.audit_subjects


@action("referral.receive")
def receive(*, by: Actor, arrived: Arrived, inquiry: Inquiry | None = None) -> Receipt:
    """Stored with its original, under `inquiry` or under one of its own. The same original is one referral."""
    digest = salted_hmac("referral.original", sha256(arrived.original).hexdigest(), algorithm="sha256").hexdigest()
    earlier = referrals.by_digest(digest)
    if earlier is not None:
        return Receipt(earlier, is_new=False)
    try:
        with transaction.atomic():
            return Receipt(_keep(by, arrived, digest, inquiry), is_new=True)
    except IntegrityError:
        # Somebody sent the same a moment ago, and their act ended first.
        earlier = referrals.by_digest(digest)
        if earlier is None:
            raise
        return Receipt(earlier, is_new=False)


def _with_other(result: ReferralMatch, arguments: dict[str, Any]) -> tuple[str, ...]:
    return result.audit_subjects


@action("referral.match", on="referral", about=_with_other)
def match(*, by: Actor, referral: Referral, subject: str) -> ReferralMatch:
    """It is about whoever was proposed. Nobody is joined whom the rules do not propose to this very person."""
    row = _held(referral)
    proposal = _proposed(by, row, subject)
    if referrals.standing(row).confirmed:
        raise Refused(ANOTHER)
    if isinstance(proposal.thing, Client):
        row.client_subject = subject
        row.save(update_fields=["client_subject"])
        renew(proposal.thing)
    else:
        if row.inquiry.merged.exists():
            raise Refused(OTHERS_JOINED)
        mark_duplicate(by=by, inquiry=row.inquiry, same_as=proposal.thing)
    return _step(by, row, Step.CONFIRMED, proposal)


@action("referral.match", on="referral", about=_with_other)
def not_same(*, by: Actor, referral: Referral, subject: str) -> ReferralMatch:
    """Somebody looked: another person. It is not asked again."""
    row = _held(referral)
    return _step(by, row, Step.NOT_SAME, _proposed(by, row, subject))


@action("referral.match", on="referral", about=_with_other)
def undo_match(*, by: Actor, referral: Referral, subject: str) -> ReferralMatch:
    """What somebody said of this person was wrong, and both rows stay.

    An inquiry that is parted waits for a call from now on; what the other took over from it (who works on it, its
    promise, being open) stays: since then people may have relied on it.
    """
    row = _held(referral)
    standing = referrals.standing(row)
    if subject and subject == standing.confirmed:
        _part(by, row, subject)
    elif subject not in standing.not_same:
        raise Refused(NOTHING_TO_UNDO)
    return ReferralMatch.objects.create(
        referral=row, about=f"inquiry:{row.inquiry_id}", subject=subject, step=Step.UNDONE, at=clock.now(), by=by.name
    )


def original_of(referral: Referral) -> bytes:
    """Byte for byte as it was sent."""
    return zlib.decompress(b64decode(crypto.unseal(referral.original.sealed)))


def _part(by: Actor, row: Referral, subject: str) -> None:
    if row.client_subject == subject:
        client = Client.objects.get(pk=int(subject.partition(":")[2]))
        row.client_subject = ""
        row.save(update_fields=["client_subject"])
        renew(client)
    elif row.inquiry.same_as_id is not None and subject == f"inquiry:{row.inquiry.same_as_id}":
        reopen(by=by, inquiry=row.inquiry)


def _proposed(by: Actor, row: Referral, subject: str) -> referrals.Proposal:
    found = next((one for one in referrals.proposals(by, row) if one.match.subject == subject), None)
    if found is None:
        raise Refused(NOT_PROPOSED)
    return found


def _step(by: Actor, row: Referral, step: str, proposal: referrals.Proposal) -> ReferralMatch:
    return ReferralMatch.objects.create(
        referral=row,
        about=f"inquiry:{row.inquiry_id}",
        subject=proposal.match.subject,
        step=step,
        level=proposal.match.level,
        reasons=[str(reason) for reason in proposal.match.reasons],
        at=clock.now(),
        by=by.name,
    )


def _held(referral: Referral) -> Referral:
    rows = Referral.objects.select_for_update(of=("self",)).select_related("inquiry__same_as")
    return rows.get(pk=referral.pk)


def _keep(by: Actor, arrived: Arrived, digest: str, inquiry: Inquiry | None) -> Referral:
    found = arrived.found
    referral = Referral.objects.create(
        inquiry=inquiry or _inquiry(found, digest),
        source=arrived.source,
        received_at=clock.now(),
        by=by.name,
        organisation=_plain(found["from"]["organization"], 120),
        sender=_plain(found["from"]["practitioner"], 120),
        part2=found["part2"],
        discharged_on=arrived.discharged_on,
        found_sealed=crypto.seal(json.dumps(found)),
        digest=digest,
    )
    ReferralOriginal.objects.create(
        referral=referral,
        sealed=crypto.seal(b64encode(zlib.compress(arrived.original)).decode()),
        size=len(arrived.original),
        sha256=sha256(arrived.original).hexdigest(),
    )
    return referral


def _inquiry(found: dict[str, Any], digest: str) -> Inquiry:
    """About the person, with what reaches them and nothing else. What they allow nobody asked them yet."""
    now, name = clock.now(), _plain(found["patient"]["name"], 80)
    telephone = next(filter(None, map(_number, found["patient"]["phone"])), "")
    due = queries.hours().respond_by(now)
    return Inquiry.objects.create(
        for_whom=ForWhom.REFERRING,
        channel=Channel.REFERRAL,
        name=name,
        name_folded=rules.fold(name)[:80],
        organisation=_plain(found["from"]["organization"], 120),
        telephone=telephone,
        telephone_digits=rules.digits(telephone),
        language="es" if (found["patient"]["language"] or "").lower().startswith("es") else "en",
        asked_at=now,
        respond_by=due,
        call_by=due,
        digest=digest,
    )


def _plain(sent: str | None, most: int) -> str:
    """As a column takes it: no null character, one line, not too long."""
    return " ".join((sent or "").replace("\x00", " ").split())[:most]


def _number(sent: str) -> str:
    """A number that can exist; anything else stays in what was read."""
    try:
        return national(sent.replace("\x00", ""))
    except ValidationError:
        return ""
