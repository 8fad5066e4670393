from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClientsConfig(AppConfig):
    name = "trellis.people.clients"
    label = "clients"

    def ready(self) -> None:
        from trellis.foundation.record.triggers import append_only
        from trellis.people.accounts import hooks
        from trellis.people.clients import own_copy, policy, sign_in  # noqa: F401
        from trellis.people.clients.emergency import entry
        from trellis.people.clients.models import (
            EmergencyOpening,
            EmergencyReview,
            LegalName,
            Watch,
            WatchedOpening,
            WatchedReview,
            WatchEnd,
        )
        from trellis.people.clients.watched import entry as watched
        from trellis.ui.navigation import NavItem, register

        hooks.when_accepted("client", sign_in.link)
        hooks.when_named(sign_in.rename)
        append_only(LegalName, kind="client", column="client_id")
        append_only(EmergencyOpening, kind="client", column="client_id")
        append_only(EmergencyReview, kind="client", column="client_id", through="opening")
        append_only(Watch, kind="client", column="client_id")
        append_only(WatchEnd, kind="client", column="client_id", through="watch")
        append_only(WatchedOpening, kind="client", column="client_id")
        append_only(WatchedReview, kind="client", column="client_id", through="opening")
        entry.announce()
        watched.announce()
        own_copy.register("person", _("You and how to reach you"), own_copy.person, order=10)
        own_copy.register("closed_to", _("Who does not see your record"), own_copy.closed_to, order=55)
        own_copy.register("watched", _("When we looked closely at who opens your record"), own_copy.watched, order=56)
        own_copy.register("stays", _("Your stays"), own_copy.stays, order=20)
        register(
            NavItem(
                place="staff",
                key="clients",
                label=_("Clients"),
                url_name="clients:find",
                icon="users",
                order=50,
                verb="client.find",
            )
        )
