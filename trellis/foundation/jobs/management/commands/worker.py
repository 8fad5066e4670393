from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from trellis.foundation.jobs.worker import Worker


class Command(BaseCommand):
    help = "Run the background worker: messages, and whatever comes round by itself. Ctrl+C ends it after its job."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits now, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker()
        worker.obey_signals()
        if options["once"]:
            count = worker.run_waiting()
            self.stdout.write(f"{count} jobs were run.")
        else:
            worker.run()
