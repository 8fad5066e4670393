"""What an admission remembers."""

from trellis.journey.admission.models.arriving import Coverage, NeedFact, OrientationSigned, StepDone
from trellis.journey.admission.models.deciding import Admission, Assessment, LevelAssessment, RecordsCompared
from trellis.journey.admission.models.diagnosing import Diagnosis, DiagnosisEnd
from trellis.journey.admission.models.telling import HistoryAnswer, SubstanceEntry
from trellis.journey.admission.models.waiting import AdmissionWait, HandOn, HandOnStep, WaitStep

__all__ = [
    "Admission",
    "AdmissionWait",
    "Assessment",
    "Coverage",
    "Diagnosis",
    "DiagnosisEnd",
    "HandOn",
    "HandOnStep",
    "HistoryAnswer",
    "LevelAssessment",
    "NeedFact",
    "OrientationSigned",
    "RecordsCompared",
    "StepDone",
    "SubstanceEntry",
    "WaitStep",
]
