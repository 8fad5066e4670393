from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "trellis.foundation.messaging"
    label = "messaging"

    def ready(self) -> None:
        from trellis.foundation.jobs import every
        from trellis.foundation.messaging import jobs, policy  # noqa: F401

        every(1, jobs.send_messages)
