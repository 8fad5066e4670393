"""Why something may go or may not, each in one sentence that a person can read."""

from enum import Enum

from django.utils.translation import gettext_lazy as _


class Reason(Enum):
    MALFORMED = "malformed"
    UNKNOWN_PURPOSE = "unknown_purpose"
    RESTRICTED = "restricted"
    # consents: the further down, the closer it was
    NO_CONSENT = "no_consent"
    PURPOSE = "purpose"
    INFORMATION = "information"
    DEFICIENT = "deficient"
    SIGNER = "signer"
    NOT_YET_SIGNED = "not_yet_signed"
    REVOKED = "revoked"
    EXPIRED = "expired"
    CONSENT = "consent"
    # grounds without consent
    UNKNOWN_GROUND = "unknown_ground"
    GROUND_PURPOSE = "ground_purpose"
    GROUND_RECIPIENT = "ground_recipient"
    GROUND_FACTS = "ground_facts"
    GROUND_INFORMATION = "ground_information"
    GROUND = "ground"


SENTENCES = {
    Reason.MALFORMED: _("The question is not complete: a part of it is missing or cannot be read."),
    Reason.UNKNOWN_PURPOSE: _("The purpose is none that we know."),
    Reason.RESTRICTED: _("The client asked that this recipient is not told."),
    Reason.NO_CONSENT: _("No consent names this recipient."),
    Reason.PURPOSE: _("There is a consent for this recipient, but not for this purpose."),
    Reason.INFORMATION: _("There is a consent for this recipient and purpose, but not for this information."),
    Reason.DEFICIENT: _("The consent lacks something that the law asks for. Ask for a new one."),
    Reason.SIGNER: _("The consent is not signed by the person who has to sign it."),
    Reason.NOT_YET_SIGNED: _("The consent was not yet signed at that time."),
    Reason.REVOKED: _("The consent was taken back."),
    Reason.EXPIRED: _("The consent has ended."),
    Reason.CONSENT: _("A consent that is in force names this recipient, purpose and information."),
    Reason.UNKNOWN_GROUND: _("The law knows no such ground."),
    Reason.GROUND_PURPOSE: _("This ground does not hold for this purpose."),
    Reason.GROUND_RECIPIENT: _("This ground does not hold for this recipient."),
    Reason.GROUND_FACTS: _("Facts are missing without which this ground does not hold."),
    Reason.GROUND_INFORMATION: _("This ground lets none of this information through."),
    Reason.GROUND: _("The law lets this through without a consent, because every fact that it asks for is given."),
}
