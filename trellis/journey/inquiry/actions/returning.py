"""Somebody who was here before asks to come back: an inquiry of their own, and nothing that they must say again."""

from typing import Any

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.journey.inquiry.actions.asking import write
from trellis.journey.inquiry.answers import Answers
from trellis.journey.inquiry.models import Channel, ForWhom, Inquiry
from trellis.people.clients.kept_out.actions import renew
from trellis.people.clients.models import Client


def _both(result: Inquiry, arguments: dict[str, Any]) -> tuple[str, ...]:
    return result.audit_subjects


@action("inquiry.return", on="client", about=_both)
def come_back(*, by: Actor, client: Client, safely: str = "") -> Inquiry:
    """With what we know; it names the client, so that intake starts from their record. The caller holds their row."""
    email = client.email or (client.account.email if client.account else "") or ""
    answers = Answers(
        for_whom=ForWhom.SELF, name=client.chosen_name, telephone=client.telephone, email=email,
        may_leave_message=client.may_leave_message, may_text=client.may_text, safe_note=safely,
        language=client.language,
    )  # fmt: skip
    asked_here = by.account_id is not None and by.account_id == client.account_id
    reachable = bool(answers.telephone or answers.email)
    channel = Channel.WEB if asked_here and reachable else Channel.CALL
    asked = write(answers, channel, clock.now(), client_subject=client.audit_subjects[0])
    renew(client)
    return asked
