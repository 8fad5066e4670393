from typing import Any

from django.core.management.base import BaseCommand

from trellis.ui import assets


class Command(BaseCommand):
    help = "Make the stylesheet and the icon sprite again from trellis/ui/css and the package lucide."

    def handle(self, *args: Any, **options: Any) -> None:
        assets.STYLESHEET.parent.mkdir(parents=True, exist_ok=True)
        assets.STYLESHEET.write_text(assets.stylesheet())
        assets.SPRITE.write_text(assets.sprite())
        self.stdout.write(f"{assets.STYLESHEET.name} and {assets.SPRITE.name} are made.")
