"""What stands beside a consent: a scan of its paper, where it was passed on, how somebody stands."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.foundation.documents.forms import PaperField
from trellis.people.clients.forms import DateField
from trellis.people.consent.forms.signing import Choices
from trellis.people.consent.models import Standing
from trellis.people.consent.queries import recipients_of
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.passing_on import SAY_WHAT, SAY_WHOM
from trellis.people.consent.rules.words import Who


class ScanForm(forms.Form):
    """A page of the paper that was signed."""

    file = PaperField(
        label=_("Photograph or PDF of the paper"),
        error_messages={"required": _("Take a photograph, or choose a file.")},
        help_text=_("Every page that was signed, one after the other. JPEG, PNG or PDF, at most 10 MB."),
    )  # fmt: skip


class PassedOnForm(forms.Form):
    """What an intermediary told us: whom it told, when, and what."""

    use_required_attribute = False
    says_optional = False

    told = forms.ChoiceField(label=_("What had we told them?"), error_messages={"required": _("Choose one line.")})
    entity = forms.CharField(
        label=_("To whom did they pass it on?"), max_length=200, error_messages={"required": SAY_WHOM}
    )
    on = DateField(label=_("On which day?"), error_messages={"required": _("Write the day.")})
    what = forms.CharField(
        label=_("What, in a few words?"), max_length=300, error_messages={"required": SAY_WHAT},
        help_text=_("Such as: the days on which they came. No more than the client needs to know it again."),
    )  # fmt: skip

    def __init__(self, *args: Any, told: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told"].choices = told  # type: ignore[attr-defined]


class StandingForm(forms.Form):
    """What decides who signs, and who is not to be told."""

    says_optional = False

    guardian_appointed = forms.BooleanField(label=_("A court appointed a guardian for them"), required=False)
    minor_consented_alone = forms.BooleanField(
        label=_("They are 12 to 17 and consented to this treatment alone"), required=False,
        help_text=_("California lets them (Family Code 6929). Then nobody else signs, and parents are not told."),
    )  # fmt: skip
    deceased = forms.BooleanField(label=_("They have died"), required=False)
    restricted = forms.CharField(
        label=_("Who is not to be told, whatever a consent says?"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One full name a line. Write “organization:” before the name of an organization."),
    )  # fmt: skip

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    PREFIX = "organization:"

    @classmethod
    def of(cls, now: Standing) -> dict[str, Any]:
        return {
            "guardian_appointed": now.guardian_appointed, "minor_consented_alone": now.minor_consented_alone,
            "deceased": now.deceased, "restricted": cls.lines(recipients_of(now.restricted)), "seen": now.pk or 0,
        }  # fmt: skip

    def look_again(self, now: Standing) -> None:
        """What was typed, beside what somebody wrote meanwhile: no death and no name is left out unread."""
        came = self.of(now)
        names = dict.fromkeys([*came["restricted"].splitlines(), *self.cleaned_data["restricted"].splitlines()])
        self.data = {
            **{name: self.data.get(name) for name in self.data},
            "seen": str(came["seen"]),
            "restricted": "\n".join(filter(str.strip, names)),
            "deceased": "on" if came["deceased"] else "",
        }

    @classmethod
    def lines(cls, entries: Iterable[Recipient]) -> str:
        return "\n".join(f"{cls.PREFIX if one.kind == Who.ORGANIZATION else ''} {one.name}".strip() for one in entries)

    def recipients(self) -> tuple[Recipient, ...]:
        return tuple(map(self._one, filter(str.strip, self.cleaned_data["restricted"].splitlines())))

    def _one(self, line: str) -> Recipient:
        said = line.strip()
        if said.casefold().startswith(self.PREFIX):
            return Recipient(Who.ORGANIZATION, said[len(self.PREFIX) :].strip())
        return Recipient(Who.PERSON, said)
