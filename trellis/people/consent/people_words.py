"""The words of a case as people read them, in both languages: one list, used by forms, letters and pages."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.words import ORDINARY, Information, Kind, Purpose, Signer, Who

#: word → lazy text, as fields of forms take it
Table = dict[str, Any]

INFORMATION: Table = {
    Information.PRESENCE: _("that the person is or was in this program"),
    Information.ATTENDANCE: _("the days and hours they came"),
    Information.DIAGNOSIS: _("the diagnosis"),
    Information.ASSESSMENT: _("the assessment"),
    Information.PLAN: _("the treatment plan"),
    Information.PROGRESS: _("how the treatment goes"),
    Information.MEASURES: _("answers to questionnaires"),
    Information.TOXICOLOGY: _("results of drug and alcohol tests"),
    Information.MEDICATIONS: _("medications"),
    Information.DISCHARGE_SUMMARY: _("the summary at the end of treatment"),
    Information.BILLING: _("bills and payments"),
    Information.INCIDENT: _("what happened in an incident"),
    Information.COUNSELING_NOTES: _("the counselor's own notes of talks"),
}
PURPOSES: Table = {
    Purpose.TREATMENT: _("treatment"),
    Purpose.PAYMENT: _("payment"),
    Purpose.OPERATIONS: _("running the program"),
    Purpose.FAMILY_SUPPORT: _("support from family and friends"),
    Purpose.EMPLOYMENT: _("work"),
    Purpose.EDUCATION: _("school or training"),
    Purpose.HOUSING: _("housing"),
    Purpose.BENEFITS: _("benefits"),
    Purpose.CRIMINAL_JUSTICE: _("probation, parole or a court's condition"),
    Purpose.LEGAL_PROCEEDINGS: _("legal proceedings"),
    Purpose.RESEARCH: _("research"),
    Purpose.AUDIT: _("audit or evaluation"),
    Purpose.OTHER: pgettext_lazy("purpose", "another purpose"),
}
KINDS: Table = {
    Kind.TPO: _("Treatment, payment and running the program"),
    Kind.SPECIFIC: _("A person or an organization that you name"),
    Kind.COUNSELING_NOTES: _("Counseling notes, and nothing else"),
    Kind.LEGAL_PROCEEDINGS: _("Legal proceedings, and nothing else"),
    Kind.CRIMINAL_JUSTICE: _("Probation, parole or a court's condition"),
}
CLASSES: Table = {
    "treating_provider": _("all who treat them"),
    "health_plan": _("their health plan and whoever pays"),
    "business_associate": _("those who help run the program"),
}
SIGNERS: Table = {
    Signer.CLIENT: _("the client"),
    Signer.CLIENT_AND_PARENT: _("the client and a parent"),
    Signer.PARENT_OR_GUARDIAN: _("a parent or guardian"),
    Signer.PERSONAL_REPRESENTATIVE: _("the personal representative"),
}
#: what a recipient may be, as a ground or a class asks for it
ROLES: Table = {
    "treating_provider": _("treats them"),
    "health_plan": _("pays for their care"),
    "business_associate": _("helps run the program"),
    "child_protection": _("child protection"),
    "law_enforcement": _("law enforcement"),
    "staff": _("works here"),
    "client": _("the client themselves"),
}
GROUNDS: Table = {
    "medical_emergency": _("Medical emergency"),
    "child_abuse_report": _("Report of child abuse or neglect"),
    "crime_on_premises": _("Crime here, or against staff"),
    "court_order": _("Court order, after review"),
    "audit": _("Audit or evaluation"),
    "research": _("Research"),
    "public_health": _("Public health, without names"),
    "qualified_service": _("A service with a written agreement"),
    "internal": _("Inside the program"),
    "vital_statistics": _("Cause of death, where a law asks"),
    "client_access": _("The client's own record"),
}
SECTIONS: Table = {
    "2.51": GROUNDS["medical_emergency"],
    "2.12(c)(6)": GROUNDS["child_abuse_report"],
    "2.12(c)(5)": GROUNDS["crime_on_premises"],
    "2.61": GROUNDS["court_order"],
    "2.53": GROUNDS["audit"],
    "2.52": GROUNDS["research"],
    "2.54": GROUNDS["public_health"],
    "2.12(c)(4)": GROUNDS["qualified_service"],
    "2.12(c)(3)": GROUNDS["internal"],
    "2.15(b)": GROUNDS["vital_statistics"],
    "2.23": GROUNDS["client_access"],
}
#: facts that a ground asks for: what staff says yes to, or writes down
FACTS: Table = {
    "bona_fide": _("It is a real medical emergency"),
    "consent_cannot_be_obtained": _("The client cannot be asked now"),
    "recipient_is_medical_personnel": _("Whoever asks is medical personnel"),
    "recipient_affiliation": _("Where they work (hospital, ambulance)"),
    "disclosed_by": _("Who tells them"),
    "nature": _("What the emergency is"),
    "initial_report": _("It is the first report, not later papers or testimony"),
    "against_program_or_staff": _("The crime, or the threat, is on our premises or against staff"),
    "order_under_subpart_e": _("A judge made this order under 42 CFR part 2, subpart E, and it was reviewed"),
    "recipient_in_order": _("The order names whoever asks"),
    "covers": _("What the order covers"),
    "authorized_body": _("The body may audit or evaluate us by law"),
    "written_agreement": _("A written agreement that binds them to part 2 is on file and in force"),
    "board_approval": _("The review board's approval is on file"),
    "deidentified": _("Nothing in it can tell who somebody is"),
    "need_to_know": _("They need it for their work here"),
    "law_requires_cause_of_death": _("A law asks for the cause of death"),
    "recipient_name": _("The name of whoever is told"),
    "deceased": _("The client has died (written down in their record)"),
    "client": _("The client asks for their own record"),
}


def listed(words: Iterable[object]) -> str:
    """One, two and three, as a sentence has it."""
    said = [str(word) for word in words]
    if len(said) < 2:
        return "".join(said)
    joined = pgettext("between the things of a list", ", ").join(said[:-1])
    return pgettext("the end of a list", "%(first)s and %(last)s") % {"first": joined, "last": said[-1]}


def information(words: Iterable[str]) -> str:
    named = list(words)
    if set(named) == ORDINARY:
        return gettext("everything but the counselor's own notes of talks")
    return listed(INFORMATION.get(word, word) for word in named)


def purposes(words: Iterable[str]) -> str:
    return listed(PURPOSES.get(word, word) for word in words)


def recipient(one: Recipient) -> str:
    return str(CLASSES.get(one.name, one.name)) if one.kind == Who.CLASS else one.name


def member(one: Recipient) -> str:
    """Of an intermediary: all there who treat the client, or somebody by name."""
    return gettext("everybody there who treats them") if one.kind == Who.CLASS else one.name


def recipients(entries: Iterable[Recipient]) -> str:
    return listed(recipient(one) for one in entries)


def ground(said: str) -> str:
    """Why something went, in a word: by consent, or by the section of the law."""
    if said.startswith("consent:"):
        return gettext("By consent")
    return str(format_lazy("{} ({})", SECTIONS.get(said, said), said))


def facts(names: Iterable[str]) -> str:
    return listed(FACTS.get(name, gettext_lazy("another fact")) for name in names)
