"""A referral as another place sends it: a FHIR R4 bundle, read into what an admission needs. Nothing is stored here."""

from trellis.journey.inquiry.referral.reading import NoReferral, read

__all__ = ["NoReferral", "read"]
