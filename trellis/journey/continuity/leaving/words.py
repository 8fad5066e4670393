"""Parts of a summary and of a letter in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Said = Promise | str

SECTIONS: Mapping[str, Said] = {
    "stay": _("The stay"),
    "measures": _("Questionnaires, first and last"),
    "diagnoses": _("Diagnoses"),
    "care": _("What we did together"),
    "condition": _("How they are at the end"),
    "medicines": _("Medicines"),
    "referrals": _("Where they go on"),
    "helped": _("What helped"),
    "watch": _("What to watch for"),
}
HINTS: Mapping[str, Said] = {
    "diagnoses": _("As they stand in the record, with their codes."),
    "care": _("Goals of the plan and what came of them."),
    "condition": _("In plain words: how they feel, sleep, cope; use in the last weeks; safety."),
    "medicines": _("With dose, and who goes on prescribing."),
    "watch": _("Early signs, and what to do in the first hour."),
}
GIVEN: Mapping[str, Said] = {
    "naloxone": _("Naloxone, and how to use it"),
    "safety_card": _("The safety card with 988"),
    "meetings": _("Meetings near them"),
    "way_back": _("How to come back"),
}
