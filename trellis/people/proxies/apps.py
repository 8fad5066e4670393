from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProxiesConfig(AppConfig):
    name = "trellis.people.proxies"
    label = "proxies"

    def ready(self) -> None:
        from trellis.foundation.record.triggers import append_only
        from trellis.people.accounts import hooks
        from trellis.people.clients import own_copy, panels
        from trellis.people.clients.watched import asking
        from trellis.people.proxies import models, panel, policy, sign_in
        from trellis.people.proxies.sections import proxies

        append_only(models.ProxyAccess, kind="client", column="client_id")
        for row in (models.ProxyTakenUp, models.ProxyEnd):
            append_only(row, kind="client", column="client_id", through="access")
        hooks.when_accepted("to_act", sign_in.take_up)
        asking.never_of(lambda actor, client, _now: bool(policy.parts_of(actor, client)))
        panels.register("proxies", _("Who acts for them"), panel.proxies, order=62, group=panels.Group.SHARING)
        own_copy.register("proxies", _("Who acts for you"), proxies, order=45)
