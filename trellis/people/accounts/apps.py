from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "trellis.people.accounts"
    label = "accounts"

    def ready(self) -> None:
        from trellis.people.accounts import mail, policy, signals  # noqa: F401

        signals.connect()
        mail.register_kinds()
