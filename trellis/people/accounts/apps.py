from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "trellis.people.accounts"
    label = "accounts"

    def ready(self) -> None:
        from allauth.mfa.models import Authenticator

        from trellis.foundation.record import sealed
        from trellis.people.accounts import mail, policy, release, signals  # noqa: F401

        signals.connect()
        mail.register_kinds()
        release.register()
        # Both names are allauth's: what an app on a telephone knows, and what recovery codes are made of.
        sealed.register(Authenticator, "data", "secret", "seed")
