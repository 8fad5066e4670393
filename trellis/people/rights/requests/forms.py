"""What comes in: a form for each thing that a client may ask, and one for what is answered."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.people.consent.people_words import INFORMATION
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.words import Information
from trellis.people.rights import rules
from trellis.people.rights.models import RequestAnswer, RightsRequest
from trellis.people.rights.requests.actions import SAY_IT, SAY_PART, SAY_WHOM, Wish
from trellis.people.rights.rules import Kind

MOST = 4000
#: a sentence; a library takes any of them
Words = Any


def words(label: Words, *, help_text: Words = "", required: bool = True, rows: int = 4) -> Any:
    return forms.CharField(
        label=label, help_text=help_text, max_length=MOST, required=required,
        widget=forms.Textarea(attrs={"rows": rows}), error_messages={"required": SAY_IT},
    )  # fmt: skip


class AskForm(forms.Form):
    """One thing to ask. `wish()` once it is valid."""

    use_required_attribute = False
    title: Words = ""
    lead: Words = ""
    kind: Kind

    def wish(self) -> Wish:
        said = self.cleaned_data
        return Wish(self.kind, said.get("about", ""), said.get("wanted", ""))


class CorrectionForm(AskForm):
    title = _("Correct the record")
    lead = _("We answer within 60 days. Nothing is erased: what is right is written beside it.")
    kind = Kind.CORRECTION
    about = words(_("What is wrong?"), help_text=_("Where it stands, if you know: a day, a form, a name."))
    wanted = words(_("What should it say?"))


class RecordForm(AskForm):
    title = _("See the record, or have a copy")
    lead = _("A look within 5 working days, a copy within 15 days. No reason is needed.")
    way = forms.ChoiceField(
        label=_("What would help?"), widget=forms.RadioSelect, initial=Kind.COPY,
        choices=[(Kind.COPY, _("A copy")), (Kind.LOOK, _("A look at it, here with us"))],
    )  # fmt: skip
    wanted = words(
        _("Which part, and how?"), required=False, rows=2,
        help_text=_("For example: the last month, on paper. Leave it empty for everything."),
    )  # fmt: skip

    def wish(self) -> Wish:
        return Wish(Kind(self.cleaned_data["way"]), wanted=self.cleaned_data["wanted"])


class LessForm(AskForm):
    title = _("Tell somebody less")
    lead = _("We think about each wish. We have to say yes where you paid in full and your health plan is not to know.")
    whom = forms.CharField(
        label=_("Who is not to be told?"), max_length=200, error_messages={"required": SAY_WHOM},
        help_text=_("The full name of the person, the office or the health plan."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    whom_kind = forms.ChoiceField(
        label=_("Is this a person or an organization?"), widget=forms.RadioSelect,
        choices=[one for one in RightsRequest.Whom.choices if one[0]], initial=RightsRequest.Whom.PERSON,
    )  # fmt: skip
    about = words(
        _("What are they not to be told?"), required=False, rows=2, help_text=_("Empty means: nothing at all.")
    )
    self_paid = forms.BooleanField(
        label=_("It is a health plan, and the service was paid for in full without it"), required=False
    )

    def wish(self) -> Wish:
        said = self.cleaned_data
        kind = Kind.SELF_PAID if said["self_paid"] else Kind.RESTRICTION
        return Wish(kind, said["about"], whom=Recipient(said["whom_kind"], said["whom"]))


class ChannelForm(AskForm):
    title = _("One way to reach them, and no other")
    lead = _("Nobody asks why.")
    kind = Kind.CHANNEL
    wanted = words(
        _("Only this way"), rows=3,
        help_text=_("For example: only this phone, only after 6 pm, never by mail, letters to another address."),
    )  # fmt: skip


class ComplaintForm(AskForm):
    title = _("A complaint")
    lead = _("The directors read it, not your group or your counselor. You hear from us within 30 days.")
    kind = Kind.COMPLAINT
    about = words(_("What happened?"))
    wanted = words(_("What would put it right?"), required=False, rows=2)


class PassedOnForm(AskForm):
    title = _("Where it was passed on")
    lead = _(
        "Some recipients pass on what we tell them to others who treat you: the law calls them intermediaries. This "
        "program is not one. You have the list of the last three years within 30 days."
    )
    kind = Kind.PASSED_ON
    wanted = words(
        _("Which of them, if you know?"), required=False, rows=2,
        help_text=_("The name of the organization. Leave it empty for all of them."),
    )  # fmt: skip


#: the last part of an address → its form, in the order in which a page offers them
FORMS: dict[str, type[AskForm]] = {
    "correction": CorrectionForm, "record": RecordForm, "less": LessForm, "channel": ChannelForm,
    "complaint": ComplaintForm, "passed-on": PassedOnForm,
}  # fmt: skip


class OwnCorrectionForm(CorrectionForm):
    title = _("Correct your record")


class OwnRecordForm(RecordForm):
    title = _("See your record, or have a copy")


class OwnChannelForm(ChannelForm):
    title = _("One way to reach you, and no other")


OWN_FORMS: dict[str, type[AskForm]] = FORMS | {
    "correction": OwnCorrectionForm, "record": OwnRecordForm, "channel": OwnChannelForm,
}  # fmt: skip


class HowForm(forms.Form):
    """Beside the form, where somebody here writes down what a client says."""

    how = forms.ChoiceField(
        label=_("How did they ask?"), widget=forms.RadioSelect, initial=RightsRequest.How.TOLD,
        choices=[(RightsRequest.How.TOLD, _("They told us")), (RightsRequest.How.PAPER, _("On paper"))],
    )  # fmt: skip


class AnswerForm(forms.Form):
    """`steps`: what may follow now."""

    use_required_attribute = False
    says_optional = False

    step = forms.ChoiceField(
        label=_("What do you answer?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose one line.")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("In words that the client reads"), max_length=MOST, required=False,
        help_text=_("What was done, or the reason. The client reads this as you write it."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip

    parts = forms.MultipleChoiceField(
        label=_("If no: which part of the record is it about?"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(one, INFORMATION[one]) for one in Information if one != Information.PRESENCE],
        help_text=_("The client may add a statement. It goes along with letters about this part, and no other."),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: rules.Kind, steps: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names_part = {step for step in steps if rules.names_a_part(kind, step)}
        if not self.names_part:
            del self.fields["parts"]
        labels = dict(RequestAnswer.Step.choices)
        self.fields["step"].choices = [(step, labels[step]) for step in steps]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("step") in rules.SAYING and not cleaned.get("words", "").strip():
            self.add_error("words", SAY_IT)
        if cleaned.get("step") in self.names_part and not cleaned.get("parts"):
            self.add_error("parts", SAY_PART)
        return cleaned


class StatementForm(forms.Form):
    """The client's own words beside our no."""

    use_required_attribute = False
    words = words(_("Your statement"), help_text=_("It stays with that part of the record, and goes along with it."))
