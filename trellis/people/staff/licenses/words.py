"""Licenses and registrations in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trellis.people.staff.licenses.rules import Kind

KINDS: Mapping[Kind, "Promise | str"] = {
    Kind.PHYSICIAN: _("Physician (MD, DO)"),
    Kind.NURSE_PRACTITIONER: _("Nurse practitioner (NP)"),
    Kind.PHYSICIAN_ASSISTANT: _("Physician assistant (PA)"),
    Kind.PSYCHOLOGIST: _("Psychologist"),
    Kind.LCSW: _("Clinical social worker (LCSW)"),
    Kind.LMFT: _("Marriage and family therapist (LMFT)"),
    Kind.LPCC: _("Professional clinical counselor (LPCC)"),
    Kind.REGISTERED_NURSE: _("Registered nurse (RN)"),
    Kind.PHARMACIST: _("Pharmacist"),
    Kind.PSYCHOLOGICAL_ASSOCIATE: _("Psychological associate, supervised"),
    Kind.ASSOCIATE_SOCIAL_WORKER: _("Associate clinical social worker (ASW), supervised"),
    Kind.ASSOCIATE_MFT: _("Associate marriage and family therapist (AMFT), supervised"),
    Kind.ASSOCIATE_PCC: _("Associate professional clinical counselor (APCC), supervised"),
    Kind.COUNSELOR_CERTIFIED: _("Counselor, certified"),
    Kind.COUNSELOR_REGISTERED: _("Counselor, registered"),
}
CHOICES = [(str(kind), words) for kind, words in KINDS.items()]
