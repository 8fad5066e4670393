"""A file in a form: judged by its length and kind, then written anew in another process."""

from typing import Any

from django import forms
from django.conf import settings

from trellis.foundation.documents import reworking, rules


class PaperField(forms.FileField):
    """A photograph or a PDF; its cleaned value is a `reworking.Clean`. On a phone the camera is one of the choices."""

    def __init__(self, **named: Any) -> None:
        super().__init__(widget=forms.FileInput(attrs={"accept": rules.ACCEPT}), allow_empty_file=True, **named)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            rules.judge_size(file.size, settings.DOCUMENT_BYTES)
            return reworking.clean(file.name, file.read())
        except rules.Unfit as unfit:
            raise forms.ValidationError(str(unfit)) from unfit
