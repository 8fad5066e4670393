"""What the signer reads: every element of 42 CFR 2.31(a) in plain words, and the same words as a text to keep."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trellis.people.consent import people_words as words
from trellis.people.consent.rules.completing import Terms
from trellis.people.consent.rules.words import ALL, Kind

#: the statement of 42 CFR 2.32(a)(1), in the words of the regulation
NOTICE = (
    "This record which has been disclosed to you is protected by Federal confidentiality rules (42 CFR part 2). These "
    "rules prohibit you from using or disclosing this record, or testimony that describes the information contained in "
    "this record, in any civil, criminal, administrative, or legislative proceedings by any Federal, State, or local "
    "authority, against the patient, unless authorized by the consent of the patient, except as provided at 42 CFR "
    "2.12(c)(5) or as otherwise authorized by the court in accordance with 42 CFR 2.64 or 2.65. In addition, the "
    "Federal rules prohibit you from making any other use or disclosure of this record unless at least one of the "
    "following applies: (i) Further use or disclosure is expressly permitted by the written consent of the individual "
    "whose information is being disclosed in this record or as otherwise permitted by 42 CFR part 2; (ii) You are a "
    "covered entity or business associate and have received the record for treatment, payment, or health care "
    "operations; or (iii) You have received the record from a covered entity or business associate as permitted by 45 "
    "CFR part 164, subparts A and E. A general authorization for the release of medical or other information is NOT "
    "sufficient to meet the required elements of written consent to the further use or redisclosure of the record (see "
    "42 CFR 2.31)."
)
#: 42 CFR 2.32(a)(2), to be said aloud
SHORT_NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."


@dataclass(frozen=True)
class Section:
    title: str
    text: str
    items: tuple[str, ...] = ()

    @property
    def is_english(self) -> bool:
        """The law's own words are English in every letter and on every page."""
        return self.text == NOTICE


def sections(terms: Terms, person: str, program: str, zone: tzinfo) -> list[Section]:
    """In the order in which somebody would ask. `person`: whose record it is, by name."""
    found = [
        Section(_("Whose information this is about"), person),
        Section(_("Who may tell it"), program),
        Section(_("Who may be told"), "", tuple(words.recipient(one) for one in terms.recipients)),
        *_intermediary(terms),
        Section(_("What they may be told"), _information_note(terms), _information(terms.information)),
        Section(_("What it is for"), words.purposes(terms.purposes)),
        Section(_("Until when"), until(terms, zone)),
        Section(_("You can stop it"), _stopping(terms, zone)),
    ]
    if terms.kind == Kind.TPO:
        found += [
            Section(_("Where it may go from there"), _(
                "Doctors, health plans and those who work for them may pass it on as the health privacy law (HIPAA) "
                "lets them. It may then no longer be protected by the stricter law that we follow (42 CFR part 2). "
                "Nobody may use it against you in a court or another proceeding unless you agree in writing or a "
                "judge orders it under that law."
            )),
            Section(_("If you do not sign"), _(
                "You still get help in an emergency. But your health plan may not pay, and those who treat you "
                "elsewhere do not hear from us. We talk with you about what that means before you decide."
            )),
        ]  # fmt: skip
    else:
        found.append(Section(_("If you do not sign"), _refusing(terms)))
    found.append(Section(_("What the law says to whoever is told"), _(
        "Everything that we tell on this consent goes with a notice: it is protected by 42 CFR part 2 and may not be "
        "passed on or used against you, except as that law lets it."
    )))  # fmt: skip
    return found


def _intermediary(terms: Terms) -> list[Section]:
    """To whom it goes on from there, and the right to a list (42 CFR 2.31(a)(4)(ii), 2.24)."""
    if not terms.intermediary:
        return []
    return [
        Section(
            _("To whom they may pass it on"),
            _("They are an intermediary: they pass on what we tell, and only to these."),
            tuple(words.member(one) for one in terms.members),
        ),
        Section(_("Your right to a list"), _(
            "You can ask in writing to whom it was passed on in the last three years. They owe you the list within 30 "
            "days: to whom, on which day, and what, in a few words. We are not an intermediary ourselves. What they "
            "tell us we give you, too."
        )),
    ]  # fmt: skip


def text_of(title: str, found: Iterable[Section]) -> str:
    """The same words as plain text: this is what is kept and hashed."""
    parts = [title]
    for one in found:
        parts += ["", one.title, *filter(None, [one.text]), *(f"- {item}" for item in one.items)]
    return "\n".join(parts) + "\n"


def title(kind: str) -> str:
    return _("Consent to share: %(kind)s") % {"kind": words.KINDS[kind]}


def until(terms: Terms, zone: tzinfo) -> str:
    if terms.expires_with_treatment:
        return _("Until treatment here ends.")
    if terms.expires_at is None:
        return _("It has no end of its own: it holds until you take it back.")
    return _("Until %(day)s.") % {"day": _last_day(terms.expires_at, zone)}


def scope(terms: Terms, zone: tzinfo) -> str:
    """A clear statement of a consent's scope, that goes with what is told (2.32(b))."""
    said = {
        "who": words.recipients(terms.recipients), "what": words.information(terms.information),
        "purpose": words.purposes(terms.purposes), "until": until(terms, zone),
    }  # fmt: skip
    return _("The consent names: %(who)s. It covers: %(what)s. It is for: %(purpose)s. %(until)s") % said


def _information(named: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(words.INFORMATION[one]) for one in named if one != ALL)


def _information_note(terms: Terms) -> str:
    if terms.kind != Kind.COUNSELING_NOTES:
        return _("Only this, and nothing else. The counselor's own notes of talks are never part of it.")
    return _("Only this. It is kept apart from the rest of the record.")


def _stopping(terms: Terms, zone: tzinfo) -> str:
    if terms.kind == Kind.CRIMINAL_JUSTICE and terms.revocable_after:
        return _(
            "This one is part of a condition of a court, probation or parole. You can take it back from %(day)s on."
        ) % {"day": _day(terms.revocable_after, zone)}
    return _(
        "You can take this back at any time: with one tap on your page, in writing, or by telling any of us. From that "
        "moment we tell nothing more. What was told before cannot be called back."
    )


def _refusing(terms: Terms) -> str:
    if terms.kind == Kind.COUNSELING_NOTES:
        return _("Nothing changes in your care. Nobody may make this a condition of treatment.")
    return _("Nothing changes in your care. We then do not tell them anything, not even whether you come here.")


def _day(at: datetime, zone: tzinfo) -> str:
    return date_format(at.astimezone(zone), "DATE_FORMAT")


def _last_day(at: datetime, zone: tzinfo) -> str:
    """It ends at this instant: where a day begins then, the last day is the one before."""
    return _day(at - timedelta(microseconds=1), zone)
