"""What the notice says, in the language that is active, and what makes two texts the same. Pure.

Sources: 45 CFR 164.520 (as changed for records of substance use treatment), 42 CFR 2.22, 2.25, 2.26, 2.31; 164.522,
164.524, 164.526 (rights), 164.404 (breach), 164.530(g) (no retaliation).
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from trellis.foundation.program.schema import Blueprint

LANGUAGES = ("en", "es")
#: where a complaint outside the program goes; the same for every program in the country
CIVIL_RIGHTS = {"phone_of_office": "1-800-368-1019", "site": "hhs.gov/ocr/complaints"}


@dataclass(frozen=True)
class Part:
    heading: str
    lines: tuple[str, ...]
    items: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        return {"heading": self.heading, "lines": list(self.lines), "items": list(self.items)}


def texts(blueprint: Blueprint) -> dict[str, list[dict[str, Any]]]:
    """The whole notice in each language, as it is kept."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = [part.as_data() for part in parts(blueprint)]
    return found


def digest(said: Any) -> str:
    """The hash of a text, however its rows were written down."""
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def parts(blueprint: Blueprint) -> list[Part]:
    about = blueprint.program
    values = {"program": str(about.names), "phone": about.contact.phone, "email": about.contact.email, **CIVIL_RIGHTS}
    return [*_use(values), *_rights(values), *_duties(values)]


def _use(values: dict[str, str]) -> list[Part]:
    return [
        Part(_("What this notice tells you"), (
            _("How we may use and share health information about you. What your rights are. How to complain if your "
              "rights or your privacy were not kept."),
            _("You have a right to a copy of this notice, on paper or on a screen, and to talk about it with us. "
              "Please read it carefully."),
        )),
        Part(_("Two laws protect you"), (
            _("One is the federal health privacy law (HIPAA). The other is 42 CFR part 2. It protects records of care "
              "for alcohol and drug use, and it is stricter. It protects you from the first time you ask us for help, "
              "and for good after you leave."),
        )),
        Part(_("How we use your record here"), (
            _("People who work at %(program)s look at your record only if they need it for their work.") % values,
        ), (
            _("To care for you. Your counselor reads what you worked on last week."),
            _("To be paid. We count the hours you were here."),
            _("To run the program well. We look at whether our groups help."),
        )),
        Part(_("What needs your yes first"), (
            _("We tell nobody outside that you are here, or anything about you, unless you agree in writing. These are "
              "the kinds of yes that you can give:"),
        ), (
            _("One yes for all care, payment and running the program, now and later. Then we may talk with your "
              "doctors and send bills to your health plan. They may pass it on as HIPAA lets them. Nobody may use it "
              "against you in court on this yes."),
            _("A yes for one person or office that you name, and only for what you choose."),
            _("A yes of its own for notes that a counselor keeps apart from the record."),
            _("A yes of its own for a court or other legal case."),
        )),
        Part(_("You can take a yes back"), (
            _("Any time, on your own page, by telling us, or in writing. From then on we tell nothing more on it. What "
              "we told before cannot be called back. One kind lasts longer: if a court sent you here, your yes for "
              "that court holds until the day it names."),
            _("We do not sell your record. We do not use it to advertise or to raise money. If we ever wanted to ask "
              "you for gifts, we would ask you first, and you can say no."),
        )),
        Part(_("When the law lets us tell without your yes"), (_("Only then, and only what is needed:"),), (
            _("In a medical emergency, to the people who treat you, when we cannot ask you."),
            _("To report child abuse or neglect, as state law says."),
            _("To the police, about a crime here or a threat against our staff: what happened, and who and where "
              "you are. Nothing about your care."),
            _("To people who check our work or study it, under strict rules. They may not pass on who you are."),
            _("To public health offices, without anything that shows who you are."),
            _("If somebody dies, what the law asks about the cause of death."),
            _("To those who work for us, such as a lab, once they promise in writing to obey this law."),
            _("When a judge orders it under 42 CFR part 2. See the next part."),
        )),
        Part(_("It may not be used against you"), (
            _("Your record, or what somebody could say about it, may not be used against you in any civil, criminal, "
              "administrative or legislative case. Only two things change that: your own yes in writing, or an order "
              "of a judge. Before the order, you or we must be told and heard."),
            _("A subpoena alone opens nothing. There must be a judge’s order as well. A police officer, a warrant or a "
              "lawyer’s letter alone opens nothing either."),
        )),
    ]  # fmt: skip


def _rights(values: dict[str, str]) -> list[Part]:
    return [
        Part(_("Your rights"), (
            _("You can ask for each of these on your own page, by phone or in person. It never changes your care."),
        ), (
            _("See your record, and get a copy. You can look at it within 5 working days and have a copy within 15 "
              "days."),
            _("Have it corrected. Tell us what is wrong. We answer within 60 days. If we need 30 days more, we write "
              "you why. If we say no, we say why, and your own words stay with the record."),
            _("See whom we told. You get a list of the last three years: to whom, what, when and why."),
            _("Ask us to tell less. We think about each wish. We must say yes if you paid for a service yourself, in "
              "full, and do not want your health plan to know."),
            _("Choose how we reach you: which phone, which address, which times. We never ask why."),
            _("Get this notice on paper, even if you read it on a screen."),
            _("Hear about a breach. If somebody saw your record who should not have, we tell you soon, and in 60 days "
              "at the latest."),
            _("Have somebody act for you, if the law gave them that right. We check it first."),
        )),
    ]  # fmt: skip


def _duties(values: dict[str, str]) -> list[Part]:
    return [
        Part(_("What we must do"), (
            _("The law makes us keep your record private, give you this notice, follow it, and tell you after a "
              "breach."),
            _("We may change this notice. The new one then holds for everything that we keep. You find it on our "
              "website and in our rooms, and we ask you to read it."),
        )),
        Part(_("If something is wrong, complain"), (
            _("Tell us: call %(phone)s, write to %(email)s, or use your own page.") % values,
            _("Or tell the government: the U.S. Department of Health and Human Services, Office for Civil Rights, "
              "200 Independence Avenue SW, Washington, DC 20201. Call %(phone)s or go to %(site)s.")
            % {"phone": values["phone_of_office"], "site": values["site"]},
            _("Nobody here may punish you or treat you worse for a complaint, or ask you to give up a right."),
        )),
        Part(_("Questions"), (
            _("Ask for the person who answers for privacy at %(program)s: %(phone)s, %(email)s.") % values,
        )),
    ]  # fmt: skip
