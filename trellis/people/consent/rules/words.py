"""The words of a case. A word that stands nowhere here matches nothing and never allows."""

from enum import StrEnum


class Information(StrEnum):
    PRESENCE = "presence"
    ATTENDANCE = "attendance"
    DIAGNOSIS = "diagnosis"
    ASSESSMENT = "assessment"
    PLAN = "plan"
    PROGRESS = "progress"
    MEASURES = "measures"
    TOXICOLOGY = "toxicology"
    MEDICATIONS = "medications"
    DISCHARGE_SUMMARY = "discharge_summary"
    BILLING = "billing"
    INCIDENT = "incident"
    COUNSELING_NOTES = "counseling_notes"


class Purpose(StrEnum):
    TREATMENT = "treatment"
    PAYMENT = "payment"
    OPERATIONS = "operations"
    FAMILY_SUPPORT = "family_support"
    EMPLOYMENT = "employment"
    EDUCATION = "education"
    HOUSING = "housing"
    BENEFITS = "benefits"
    CRIMINAL_JUSTICE = "criminal_justice"
    LEGAL_PROCEEDINGS = "legal_proceedings"
    RESEARCH = "research"
    AUDIT = "audit"
    OTHER = "other"


class Kind(StrEnum):
    """What a consent is for."""

    TPO = "tpo"  # treatment, payment and operations, with one signature
    SPECIFIC = "specific"
    COUNSELING_NOTES = "counseling_notes"
    LEGAL_PROCEEDINGS = "legal_proceedings"
    CRIMINAL_JUSTICE = "criminal_justice"


class Signer(StrEnum):
    CLIENT = "client"
    CLIENT_AND_PARENT = "client_and_parent"
    PARENT_OR_GUARDIAN = "parent_or_guardian"
    PERSONAL_REPRESENTATIVE = "personal_representative"


class Who(StrEnum):
    """How a consent names a recipient. Only persons and organizations can ask; a class is named, never asks."""

    PERSON = "person"
    ORGANIZATION = "organization"
    CLASS = "class"


END_OF_TREATMENT = "end_of_treatment"
#: in a consent: everything but counseling notes
ALL = "all"
KNOWN = frozenset(map(str, Information))
ORDINARY = KNOWN - {Information.COUNSELING_NOTES}
TPO = frozenset({Purpose.TREATMENT, Purpose.PAYMENT, Purpose.OPERATIONS})
CLASSES = frozenset({"treating_provider", "health_plan", "business_associate"})


def named(words: tuple[str, ...]) -> frozenset[str]:
    """The kinds of information that these words name. Whatever names any kind lets presence through too."""
    found = KNOWN.intersection(words) | (ORDINARY if ALL in words else frozenset())
    return found | {Information.PRESENCE} if found else found
