"""What is said to whoever asks, and what is done then. Pure: the same words for every asker and every name.

Sources: 42 CFR 2.13(b) and (c), 2.61-2.67 (courts), 2.51 (emergencies), 2.35 (probation), 2.12(c)(5) (a crime here).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: key of the words below; it stands on every row, so that other words one day get another key
ANSWER = "neither"
#: read aloud in the caller's language, to everybody, whatever the name
SAY: tuple[Promise, ...] = (
    _("I can neither confirm nor deny that any person is here, or ever was."),
    _("A federal law, 42 CFR part 2, makes this our answer about every name."),
    _("I may listen. If you tell me something, I write it down. I cannot say what comes of it."),
    _("If somebody is in danger now, call 911. In a crisis, call or text 988."),
)
#: the one sentence that fits on the way to the rest
SAY_FIRST = SAY[0]

_AGREED = _(
    "Did a client agree in writing that we may tell them something? End this call with the same words. Then open the "
    "client’s page, look under “Sharing”, and ask “May I?” before anybody calls back."
)
_TAKE = _("Take the paper. Taking it says nothing about anybody.")
_PROMISE_NOTHING = _("Promise no records, no date and no witness. Sign nothing that names a person.")
_COUNSEL = _("Give it to the clinical director today, who calls the program’s counsel. Only counsel answers it.")
_KEEP = _("Leave every record as it is. Nothing is changed or thrown away now.")
_CALL_NOBODY_OUT = _("Call nobody out of a group for them, and let nobody look at a screen, a list or a room.")


@dataclass(frozen=True)
class Guidance:
    """The steps after the words, in order; `paper`: a copy of something goes to the clinical director."""

    steps: tuple[Promise, ...]
    paper: bool = False


#: asker → what to do after the words; an asker that is not here has no page
GUIDANCE: dict[str, Guidance] = {
    "loved_one": Guidance((
        _("Hear them out. Listening tells them nothing."),
        _("Tell them what we tell everybody: how the program works, what it costs, where families find help."),
        _AGREED,
    )),
    "employer": Guidance((
        _("Confirm no days, no hours, no letter and no form. Not even that a form has reached us."),
        _AGREED,
    )),
    "reporter": Guidance((
        _("Say nothing about anybody, known or not, living or dead."),
        _("What they ask about the program itself goes to the program administrator."),
    )),
    "police": Guidance((
        _("A badge does not change the answer. Stay friendly and say the same words again."),
        _CALL_NOBODY_OUT,
        _("Ask them to wait, and fetch the clinical director, who calls the program’s counsel."),
        _(
            "Did we call them ourselves, because of a threat or a crime here? Then another rule holds, and the "
            "clinical director says what may be told."
        ),
    )),
    "subpoena": Guidance((
        _TAKE,
        _(
            "A subpoena alone opens nothing. It takes a court order made under this law as well, or the person’s "
            "consent."
        ),
        _PROMISE_NOTHING,
        _COUNSEL,
        _KEEP,
    ), paper=True),
    "court_order": Guidance((
        _TAKE,
        _(
            "A court order alone lets us tell, and does not make us. Counsel reads whether it was made under this "
            "law, and whether a subpoena came with it."
        ),
        _PROMISE_NOTHING,
        _COUNSEL,
        _KEEP,
    ), paper=True),
    "warrant": Guidance((
        _("Ask for the paper. Write down who signed it, and the officers’ names and badge numbers."),
        _("Call the clinical director and the program’s counsel now. Ask the officers to wait for them."),
        _(
            "A warrant alone opens no record. Say the rule: this law binds us for every name, and a judge can make an "
            "order under it."
        ),
        _CALL_NOBODY_OUT,
        _("If they go on, do not stand in their way. Say: “I do not agree to this, and I do not stop you.”"),
        _("Write down what they looked at and what they took."),
    ), paper=True),
    "probation": Guidance((
        _("A court that sent somebody to care does not change the first answer."),
        _("A person may have signed a consent for probation or parole. It says what may be told, and until when."),
        _AGREED,
    )),
    "provider": Guidance((
        _(
            "Do they treat an emergency right now? Fetch a clinician at once. Medical staff may be told what they "
            "need, and we write down right after to whom, when, and what the emergency was."
        ),
        _("No emergency? The same words, for colleagues too."),
        _AGREED,
    )),
    "payer": Guidance((
        _("Confirm no claim, no day and no diagnosis by telephone."),
        _AGREED,
        _("The biller answers in writing, and only what a consent covers."),
    )),
    "other": Guidance((
        _("You do not need to find out who it is. The answer is the same."),
        _("A law may ask for a report, for example about a child. A clinician decides that, and not in this call."),
        _AGREED,
    )),
}  # fmt: skip

#: askers as they stand on the page, those who belong together beside each other
GROUPS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (_("Family, work and the press"), ("loved_one", "employer", "reporter")),
    (_("Police and courts"), ("police", "subpoena", "court_order", "warrant", "probation")),
    (_("Care and payers"), ("provider", "payer")),
    (_("None of these, or you are not sure"), ("other",)),
)

#: a note that no clinician has read for so long is late, danger or not
LATE_AFTER = timedelta(hours=24)
#: the same words from the same hand within this time are one note, sent twice
AGAIN = timedelta(minutes=10)


def late_before(now: datetime) -> datetime:
    return now - LATE_AFTER
