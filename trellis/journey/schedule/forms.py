"""What comes in from the pages of the week."""

from datetime import datetime, tzinfo
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from trellis.foundation.program.models import Room
from trellis.foundation.record.texts import say
from trellis.journey.inquiry.presenters import weekday_name
from trellis.journey.schedule.models import Session, Track
from trellis.journey.schedule.queries import TrackPlaces
from trellis.journey.schedule.states import (
    AfterSilence,
    CallResult,
    CancelReason,
    GuestKind,
    LeaveKind,
    NotSeatedWhy,
    WayHome,
)
from trellis.people.staff.models import StaffMember

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
PATHWAYS = [
    ("", _("Not chosen yet: the secular group until they do")),
    ("twelve_step", _("Twelve-step study")),
    ("secular", _("Secular recovery study")),
]


def _named(field: forms.Field, label: Any, empty: Any = None) -> None:
    field.label_from_instance = label  # type: ignore[attr-defined]
    if empty is not None:
        field.empty_label = empty  # type: ignore[attr-defined]


# --- the room ---------------------------------------------------------------------------------------------------------


class GuestForm(forms.Form):
    kind = forms.ChoiceField(choices=GuestKind.choices, widget=forms.HiddenInput)
    number = forms.IntegerField(min_value=0, max_value=200)


class JoinForm(forms.Form):
    session = forms.ModelChoiceField(
        label=_("Which group sits here tonight?"), queryset=Session.objects.none(), to_field_name="public_id",
        widget=forms.RadioSelect, empty_label=None,
    )  # fmt: skip

    def __init__(self, *args: Any, others: "QuerySet[Session]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["session"]
        field.queryset = others
        _named(field, lambda session: say(session.series.names))


# --- one session ------------------------------------------------------------------------------------------------------


class MoveForm(forms.Form):
    day = forms.DateField(label=_("New day"), widget=DAY)
    start = forms.TimeField(label=_("New time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    reason = forms.CharField(label=_("Why"), max_length=200, required=False)

    def starts_at(self, zone: tzinfo) -> datetime:
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["start"], tzinfo=zone)


class CancelForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why does it not take place?"),
        choices=[choice for choice in CancelReason.choices if choice[0] not in ("holiday", "series_ended")],
    )
    note = forms.CharField(label=_("More, if it helps"), max_length=200, required=False)


class RoomForm(forms.Form):
    room = forms.ModelChoiceField(label=_("Room"), queryset=Room.objects.none(), to_field_name="public_id")
    reason = forms.CharField(label=_("Why"), max_length=200, required=False)

    def __init__(self, *args: Any, rooms: "QuerySet[Room]", label: Any, **kwargs: Any) -> None:
        """`label` says a room's name, and who has it at that time."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["room"]
        field.queryset = rooms
        _named(field, label, _("Choose a room"))


class LeaderForm(forms.Form):
    """One more leader, another one, or one less."""

    staff_member = forms.ModelChoiceField(
        label=_("Who leads it?"), queryset=StaffMember.objects.none(), to_field_name="public_id", required=False
    )
    instead_of = forms.ModelChoiceField(
        label=_("Instead of"), queryset=StaffMember.objects.none(), to_field_name="public_id", required=False
    )
    reason = forms.CharField(label=_("Why"), max_length=200, required=False)

    def __init__(
        self, *args: Any, free: "QuerySet[StaffMember]", leading: "QuerySet[StaffMember]", label: Any, **kwargs: Any
    ) -> None:
        """`label` says a name, and what this person leads at that time."""
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["staff_member"]
        chosen.queryset = free
        _named(chosen, label, _("Choose somebody"))
        old: Any = self.fields["instead_of"]
        old.queryset = leading
        _named(old, lambda member: member.chosen_name, _("Nobody: one more leads it"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given.get("staff_member") and not given.get("instead_of"):
            self.add_error("staff_member", _("Choose who leads it, or below whom to take off."))
        return given


# --- the front desk ---------------------------------------------------------------------------------------------------


class NotSeatedForm(forms.Form):
    why = forms.ChoiceField(
        label=_("Why were they not seated?"), choices=NotSeatedWhy.choices, widget=forms.RadioSelect
    )
    way_home = forms.ChoiceField(label=_("How did they get home?"), choices=WayHome.choices)
    note = forms.CharField(label=_("More, if it helps"), max_length=200, required=False)


class CallForm(forms.Form):
    result = forms.ChoiceField(label=_("How did the call go?"), choices=CallResult.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("More, if it helps"), max_length=200, required=False,
        help_text=_("Nothing clinical: what the next person at the desk should know."),
    )  # fmt: skip


class NoticeForm(forms.Form):
    """What somebody told the desk on the telephone."""

    kind = forms.ChoiceField(
        label=_("What did they tell us?"), widget=forms.RadioSelect,
        choices=[("late", _("They will be late")), ("cannot_come", _("They cannot come")),
                 ("comes", _("They can come after all"))],
    )  # fmt: skip
    minutes = forms.IntegerField(label=_("About how many minutes late?"), min_value=1, max_value=180, required=False)
    reason = forms.CharField(label=_("In their words"), max_length=280, required=False)


# --- one client's week ------------------------------------------------------------------------------------------------


class OrderForm(forms.Form):
    hours = forms.DecimalField(label=_("Hours a week"), min_value=1, max_value=40, decimal_places=1, max_digits=3)
    since = forms.DateField(label=_("From"), widget=DAY)
    reason = forms.CharField(label=_("Why"), max_length=200, required=False)


class LeaveForm(forms.Form):
    kind = forms.ChoiceField(label=_("Why can they not come?"), choices=LeaveKind.choices)
    since = forms.DateField(label=_("First day away"), widget=DAY)
    until = forms.DateField(label=_("Last day away, if known"), widget=DAY, required=False)


class BackForm(forms.Form):
    until = forms.DateField(label=_("Last day away"), widget=DAY)


class TrackForm(forms.Form):
    track = forms.ChoiceField(label=_("Track"), widget=forms.RadioSelect)
    since = forms.DateField(label=_("First day"), widget=DAY)
    pathway = forms.ChoiceField(label=_("Which study group"), choices=PATHWAYS, required=False)
    in_spite_of_full = forms.CharField(
        label=_("If it is full: why they join all the same"), max_length=200, required=False
    )

    def __init__(self, *args: Any, places: list[TrackPlaces], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tracks: dict[str, Track] = {one.track.key: one.track for one in places}
        field: Any = self.fields["track"]
        field.choices = [(one.track.key, _places(one)) for one in places]

    @property
    def chosen(self) -> Track:
        return self.tracks[self.cleaned_data["track"]]


def _places(one: TrackPlaces) -> Any:
    values = {"track": say(one.track.names), "taken": one.places.taken, "all": one.places.capacity}
    return _("%(track)s: %(taken)d of %(all)d places taken") % values


class WaitForm(forms.Form):
    track = forms.ChoiceField(label=_("Waits for a place in"))

    def __init__(self, *args: Any, places: list[TrackPlaces], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tracks: dict[str, Track] = {one.track.key: one.track for one in places}
        field: Any = self.fields["track"]
        field.choices = [(one.track.key, _places(one)) for one in places]

    @property
    def chosen(self) -> Track:
        return self.tracks[self.cleaned_data["track"]]


class HourForm(forms.Form):
    """The weekly hour alone with somebody of the care team."""

    staff_member = forms.ModelChoiceField(
        label=_("With whom"), queryset=StaffMember.objects.none(), to_field_name="public_id"
    )
    weekday = forms.TypedChoiceField(label=_("Day of the week"), coerce=int)
    start = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=10, max_value=240)
    room = forms.ModelChoiceField(
        label=_("Room"), queryset=Room.objects.none(), to_field_name="public_id", required=False
    )
    since = forms.DateField(label=_("From"), widget=DAY)

    def __init__(self, *args: Any, staff: "QuerySet[StaffMember]", rooms: "QuerySet[Room]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        weekday: Any = self.fields["weekday"]
        weekday.choices = [(number, capfirst(weekday_name(number))) for number in range(7)]
        member: Any = self.fields["staff_member"]
        member.queryset = staff
        _named(member, lambda one: one.chosen_name, _("Choose somebody"))
        room: Any = self.fields["room"]
        room.queryset = rooms
        _named(room, lambda one: say(one.names), _("No room yet"))


class UsualLeaderForm(forms.Form):
    staff_member = forms.ModelChoiceField(
        label=_("Who leads it from now on?"), queryset=StaffMember.objects.none(), to_field_name="public_id"
    )
    since = forms.DateField(label=_("From"), widget=DAY)

    def __init__(self, *args: Any, staff: "QuerySet[StaffMember]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["staff_member"]
        field.queryset = staff
        _named(field, lambda one: one.chosen_name, _("Choose somebody"))


class LastDayForm(forms.Form):
    until = forms.DateField(label=_("Last day"), widget=DAY)


class SilenceForm(forms.Form):
    decision = forms.ChoiceField(label=_("What do you decide?"), choices=AfterSilence.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why, in a few words"), max_length=200)
