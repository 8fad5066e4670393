"""Their story, told by themselves on their phone: section by section, with "not today" everywhere."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.doors.client_portal.shell import contact, own_record
from trellis.foundation import clock
from trellis.foundation.access.pages import opened, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request, typed
from trellis.foundation.program import queries as program
from trellis.journey.admission.history import actions, presenters, queries, rules, words
from trellis.journey.admission.history.bank import Section, on_phone, safety
from trellis.journey.admission.history.bank import section as section_of
from trellis.journey.admission.history.forms import SectionForm, SubstanceForm
from trellis.journey.admission.history.rules import Row
from trellis.journey.admission.history.rules.safety import said_today
from trellis.journey.measures import safety_card
from trellis.people.clients.models import Client


@page("my.story", opens="client")
def story(request: Request) -> HttpResponseBase:
    client = own_record(request, "my.story")
    if client is None:
        return redirect("my:today")
    found = rules.standing(queries.answers(client, by_person=True))
    offers = rules.offered(queries.for_person(client), found)
    opened(request, client)
    cards = presenters.cards(on_phone(), found, offers, None)
    return render(request, "client_portal/story.html", {"cards": cards, **contact()})


@require_http_methods(["GET", "HEAD", "POST"])
@page("my.story", opens="client")
def section(request: Request, section: str) -> HttpResponseBase:
    client, part = own_record(request, "my.story"), section_of(section, on_phone())
    if client is None:
        return redirect("my:today")
    if part is None:
        raise Http404
    rows = queries.answers(client, by_person=True)
    form = _form(request, client, part, rows)
    if request.method == "POST" and _keep(request, client, form):
        if _does_not_wait(client, part):
            return _told(request, client)
        messages.success(request, _("Saved. You can change it whenever you like."))
        return redirect("my:story_section", part.key) if typed(request, "confirm") else redirect("my:story")
    opened(request, client)
    found = rules.standing(rows)
    told = queries.substances(client, by_person=True) if part.key == "use" else None
    return render(request, "client_portal/story_section.html", {
        "section": part, "form": form, "may_answer": True,
        "before": safety_card.before_words(clock.now()) if part.asks_about_safety else [],
        "askings": presenters.askings(part, form, found, rules.offered(queries.for_person(client), found), None),
        "substances": [] if told is None else presenters.substances(told, None), **contact(),
    })  # fmt: skip


def _form(request: Request, client: Client, part: Section, rows: list[Row]) -> SectionForm:
    data = request.POST.dict() if request.method == "POST" else None
    until = queries.number_of(client, typed(request, "seen")) if data is not None else None
    seen = {"seen": queries.newest(client)} if data is None else None
    return SectionForm(
        data, section=part, before=rules.standing(rows, until), born_on=client.born_on, initial=seen, by_staff=False,
        today=clock.today(program.zone()),
    )  # fmt: skip


def _keep(request: Request, client: Client, form: SectionForm) -> bool:
    if not form.is_valid():
        return False
    key, _space, source = typed(request, "confirm").partition(" ")
    said = {one: answer for one, answer in form.said.items() if one != key}
    try:
        if said:
            actions.tell(by=request.actor, client=client, said=said, seen=form.cleaned_data["seen"])
        if key:
            actions.confirm_own(by=request.actor, client=client, key=key, source=source)
    except Refused as refused:
        if said:  # what they said is kept, and may not wait: only the other is not
            messages.warning(request, str(refused))
            return True
        form.add_error(None, str(refused))
        return False
    return True


def _does_not_wait(client: Client, part: Section) -> bool:
    """Asked of what stands, so that the second of two taps reads the card too."""
    found, keys = rules.standing(queries.answers(client, by_person=True)), [one.key for one in part.questions]
    return part.asks_about_safety and said_today(found, safety(), keys, clock.today(program.zone()))


def _told(request: Request, client: Client) -> HttpResponseBase:
    opened(request, client)
    card = safety_card.card(clock.now())
    return render(request, "client_portal/story_told.html", {"card": card, **contact()})


@require_http_methods(["GET", "HEAD", "POST"])
@page("my.story", opens="client")
def substance(request: Request, substance: str) -> HttpResponseBase:
    client = own_record(request, "my.story")
    if client is None:
        return redirect("my:today")
    if substance not in list(rules.Substance):
        raise Http404
    told = queries.substances(client, by_person=True)
    seen = typed(request, "seen") if request.method == "POST" else queries.newest_told(told, substance)
    form = SubstanceForm(
        request.POST.dict() if request.method == "POST" else None, use=queries.use_at(told, substance, seen),
        seen=seen, born_on=client.born_on, today=clock.today(program.zone()),
        by_staff=False,
    )  # fmt: skip
    meanwhile: list[queries.Told] = []
    if form.is_valid():
        try:
            actions.tell_use(
                by=request.actor, client=client, substance=substance, use=form.use, seen=form.cleaned_data["seen"]
            )
        except actions.Meanwhile as refused:
            meanwhile = queries.substances(client, by_person=True)[substance][:1]
            form.look_again(refused.newest.public_id, str(refused))
        else:
            messages.success(request, _("Saved. You can change it whenever you like."))
            return redirect("my:story_section", "use")
    opened(request, client)
    return render(request, "client_portal/story_substance.html", {
        "form": form, "name": words.SUBSTANCES[rules.Substance(substance)],
        "before": presenters.told_before(meanwhile, None), **contact(),
    })  # fmt: skip


urlpatterns = [
    path("story/", story, name="story"),
    path("story/substances/<slug:substance>/", substance, name="story_substance"),
    path("story/<slug:section>/", section, name="story_section"),
]
