"""What comes in about consents and about what somebody wants to know."""

from trellis.people.consent.forms.asking import AskForm, FactsForm, ReleaseForm
from trellis.people.consent.forms.beside import PassedOnForm, ScanForm, StandingForm
from trellis.people.consent.forms.signing import NEVER, WITH_TREATMENT, OwnSignatureForm, SignatureForm, TermsForm

__all__ = [
    "NEVER", "WITH_TREATMENT", "AskForm", "FactsForm", "OwnSignatureForm", "PassedOnForm", "ReleaseForm", "ScanForm",
    "SignatureForm", "StandingForm", "TermsForm",
]  # fmt: skip
