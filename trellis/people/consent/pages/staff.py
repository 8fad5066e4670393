"""What a client allows, "may I?", and letting something go: for people at work."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused, may, require
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.people.clients.models import Client
from trellis.people.clients.queries import clients
from trellis.people.consent import actions, contents, forms, letters, presenters, queries, signing
from trellis.people.consent import people_words as words
from trellis.people.consent.actions import gate
from trellis.people.consent.actions.gate import How, Wanted
from trellis.people.consent.models import Consent, ConsentEnd
from trellis.people.consent.rules import Decision
from trellis.people.consent.rules.naming import near
from trellis.people.consent.rules.words import Kind

#: what staff ask the gate for; inside the program pages themselves are the way
OFFERED = {key: said for key, said in words.GROUNDS.items() if key != "internal"}
SHOWN = 30


@page("consent.read", opens="client")
def sharing(request: Request, public_id: str) -> HttpResponseBase:
    client = _person(request, public_id, "consent.read")
    opened(request, client)
    known, zone = queries.known(client), program.zone()
    lines = [presenters.line(held, zone) for held in known.held]
    return render(request, "consent/sharing.html", {
        "client": client,
        "standing": queries.standing(client),
        "in_force": [line for line in lines if not line.why_out],
        "over": [line for line in lines if line.why_out],
        "told": [presenters.told(row) for row in queries.disclosures(client)[:SHOWN]],
        "owed": [(row, words.facts(facts)) for row, facts in queries.owed_facts(client)],
        "kinds": [(kind, words.KINDS[kind]) for kind in Kind],
        "can": {verb.partition(".")[2]: may(request.actor, verb, client) for verb in CAN},
        "grounds": OFFERED, "papers": presenters.papers(queries.papers_of(client)),
    })  # fmt: skip


CAN = ("consent.help_sign", "consent.keep_scan", "consent.set_standing", "disclosure.ask", "disclosure.complete")


@page("consent.help_sign", opens="client")
def sign(request: Request, public_id: str, kind: str) -> HttpResponseBase:
    """On the tablet, or from a paper: terms, then the text with the signature under it."""
    client = _person(request, public_id, "consent.help_sign")
    if kind not in tuple(Kind):
        raise Http404
    opened(request, client)
    data = request.POST if request.method == "POST" else None
    way = signing.step(data, by=request.actor, client=client, kind=kind, make_signature=forms.SignatureForm)
    if way.signed:
        messages.success(request, _("Signed and kept. It holds from now on."))
        if way.signed.signed_on == Consent.SignedOn.PAPER:
            return redirect("consent:paper", client.public_id, way.signed.public_id)
        return redirect("consent:sharing", client.public_id)
    return render(request, "consent/sign.html", {"client": client, "way": way, "kind": words.KINDS[kind]})


@page("consent.help_stop", opens="client")
@require_POST
def stop(request: Request, public_id: str, consent: str) -> HttpResponseBase:
    """Whoever hears "stop" stops it at once; what was only said can be put in writing later."""
    client = _person(request, public_id, "consent.help_stop")
    row = find_or_404(request.actor, "consent.help_stop", queries.consents().filter(client=client), consent)
    how = request.POST.get("how") or ConsentEnd.How.VOICE
    try:
        if how not in ConsentEnd.How.values:
            raise Refused(_("Say how they took it back: by voice or in writing."))
        actions.revoke(by=request.actor, consent=row, how=how)
        messages.success(request, _("Stopped. From now on nothing goes out on it. What was told before stays told."))
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("consent:sharing", client.public_id)


@page("disclosure.ask", opens="client")
def ask(request: Request, public_id: str) -> HttpResponseBase:
    """By consent: the gate answers, and where it says yes the thing can go from here."""
    return _ask(request, public_id, None)


@page("disclosure.ask", opens="client")
def ask_on_ground(request: Request, public_id: str, ground: str) -> HttpResponseBase:
    if ground not in OFFERED:
        raise Http404
    return _ask(request, public_id, ground)


def _ask(request: Request, public_id: str, ground: str | None) -> HttpResponseBase:
    # The last team of a stay that has ended tells by consent alone.
    client = _person(request, public_id, "disclosure.ask" if ground is None else "consent.read")
    opened(request, client)
    known = queries.known(client)
    named = [recipient for held in known.in_force for recipient in held.recipients]
    form = forms.AskForm(request.POST or None, named=named, ground=ground)
    context: dict[str, Any] = {
        "client": client, "form": form, "ground": ground, "ground_words": words.GROUNDS.get(ground or ""),
        "can_release": may(request.actor, "disclosure.make", client),
        "sees_sharing": may(request.actor, "consent.read", client),
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        wanted = form.wanted()
        context["near"] = [one.name for one in near(wanted.recipient, named)] if ground is None else []
        if request.POST.get("step") == "release":
            require(request.actor, "disclosure.make", client)
            done = _release(request, client, wanted, context)
            if done:
                return done
        else:
            _answer(client, wanted, context)
    return render(request, "consent/ask.html", context)


def _answer(client: Client, wanted: Wanted, context: dict[str, Any]) -> Decision:
    decision = gate.decide(client, wanted)
    context["answer"] = presenters.answer(decision)
    context["release"] = forms.ReleaseForm(writable=contents.writable(), information=decision.information)
    return decision


def _release(request: Request, client: Client, wanted: Wanted, context: dict[str, Any]) -> HttpResponseBase | None:
    """None: it did not go, and the page says why with everything that was typed."""
    decision = _answer(client, wanted, context)
    if not decision.allow:
        gate.note_refusal(by=request.actor, client=client)
        return None
    form = context["release"] = forms.ReleaseForm(
        request.POST, writable=contents.writable(), information=decision.information
    )  # fmt: skip
    if not form.is_valid():
        return None
    how, zone = form.cleaned_data["how"], program.zone()
    spoken = letters.spoken(form.cleaned_data["content"])
    make = letters.writer(client, wanted, zone, request.actor) if how == How.LETTER else spoken
    try:
        released = gate.disclose(by=request.actor, client=client, wanted=wanted, how=how, make=make)
    except gate.Withheld:
        _answer(client, wanted, context)
        return None
    except Refused as refused:  # it may go, but not by this hand
        form.add_error(None, str(refused))
        return None
    context["told"] = presenters.told(released.disclosure)
    if how == How.LETTER:
        return render(request, "consent/letter.html", context | {"disclosure": released.disclosure})
    return render(request, "consent/went.html", context | {
        "short_notice": letters.SHORT_NOTICE, "owed": words.facts(released.decision.missing),
    })  # fmt: skip


@page("disclosure.complete", opens="client")
def complete(request: Request, public_id: str, disclosure: str) -> HttpResponseBase:
    """What the record of an emergency still lacks: it stays owed until it is written down."""
    client = _person(request, public_id, "disclosure.complete")
    owed = {row.public_id: (row, facts) for row, facts in queries.owed_facts(client)}
    if disclosure not in owed:
        raise Http404
    row, facts = owed[disclosure]
    opened(request, client)
    form = forms.FactsForm(request.POST or None, owed=facts)
    if request.method == "POST" and form.is_valid():
        try:
            actions.complete_disclosure(by=request.actor, client=client, disclosure=row, facts=form.cleaned_data)
            messages.success(request, _("Written down."))
            return redirect("consent:sharing", client.public_id)
        except Refused:
            form.add_error(None, _("Nothing is filled in yet. Write what you know."))
    return render(request, "consent/complete.html", {"client": client, "form": form, "told": presenters.told(row)})


@page("consent.set_standing", opens="client")
def standing(request: Request, public_id: str) -> HttpResponseBase:
    client = _person(request, public_id, "consent.set_standing")
    opened(request, client)
    form = forms.StandingForm(request.POST or None, initial=forms.StandingForm.of(queries.standing(client)))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data | {"restricted": form.recipients()}
        try:
            actions.set_standing(by=request.actor, client=client, **said)
        except Refused as refused:
            form.add_error(None, str(refused))
            form.look_again(queries.standing(client))
        else:
            messages.success(request, _("Saved. It counts from now on."))
            return redirect("consent:sharing", client.public_id)
    return render(request, "consent/standing.html", {"client": client, "form": form})


def _person(request: Request, public_id: str, verb: str) -> Client:
    return find_or_404(request.actor, verb, clients(), public_id)


urlpatterns = [
    path("clients/<slug:public_id>/sharing/", sharing, name="sharing"),
    path("clients/<slug:public_id>/sharing/sign/<slug:kind>/", sign, name="sign"),
    path("clients/<slug:public_id>/sharing/ask/", ask, name="ask"),
    path("clients/<slug:public_id>/sharing/ask/<slug:ground>/", ask_on_ground, name="ask_on_ground"),
    path("clients/<slug:public_id>/sharing/standing/", standing, name="standing"),
    path("clients/<slug:public_id>/sharing/stop/<slug:consent>/", stop, name="stop"),
    path("clients/<slug:public_id>/sharing/owed/<slug:disclosure>/", complete, name="complete"),
]
