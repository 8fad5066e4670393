from django.apps import AppConfig


class PublicSiteConfig(AppConfig):
    name = "trellis.doors.public_site"
    label = "public_site"

    def ready(self) -> None:
        from trellis.doors.public_site.places import register_places

        register_places()
