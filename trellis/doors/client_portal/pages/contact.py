"""How we reach somebody safely: their own to say and to change."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trellis.doors.client_portal.shell import contact as program_contact
from trellis.doors.client_portal.shell import own_record
from trellis.foundation.access.pages import opened, page
from trellis.foundation.access.requests import Request
from trellis.people.clients.actions import change_contact
from trellis.people.clients.forms import ContactForm


class OwnContactForm(ContactForm):
    LABELS = {
        "telephone": gettext_lazy("Your telephone"),
        "email": gettext_lazy("Your email"),
        "may_leave_message": gettext_lazy("You may leave me a message"),
        "may_text": gettext_lazy("You may send me a text"),
        "safe_times": gettext_lazy("When and how it is safe to reach you"),
        "safe_word": gettext_lazy("A word for calls"),
        "language": gettext_lazy("The language we speak with you"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.LABELS.items():
            self.fields[name].label = label


@page("my.contact", opens="client")
def contact(request: Request) -> HttpResponseBase:
    client = own_record(request, "my.contact")
    if client is None:
        return redirect("my:today")
    as_it_is = {name: getattr(client, name) for name in ContactForm.base_fields}
    form = OwnContactForm(request.POST or None, initial=as_it_is)
    if request.method == "POST" and form.is_valid():
        change_contact(by=request.actor, client=client, **form.cleaned_data)
        messages.success(request, _("Saved. We reach you this way from now on."))
        return redirect("my:today")
    opened(request, client)
    return render(request, "client_portal/contact.html", {"form": form, **program_contact()})


urlpatterns = [path("contact/", contact, name="contact")]
