"""A referral as another place sends it: a FHIR R4 bundle, read into what an admission needs. Nothing is stored here.

`arriving` takes a file or what was typed, `clock`, `matching` and `urgent` are rules over what was read.
"""

from trellis.journey.inquiry.referral.reading import NoReferral, read

__all__ = ["NoReferral", "read"]
