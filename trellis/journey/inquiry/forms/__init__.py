from trellis.journey.inquiry.forms.asking import STEPS, Asking
from trellis.journey.inquiry.forms.fields import PhoneField
from trellis.journey.inquiry.forms.staff import AttemptForm, CloseForm, TakeForm

__all__ = ["STEPS", "Asking", "AttemptForm", "CloseForm", "PhoneField", "TakeForm"]
