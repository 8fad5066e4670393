from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction

from trellis.foundation.audit import trail


def arrive(digest: str) -> None:
    """What belongs to a restore itself: its event, and that everybody signs in again.

    A session that was ended after the backup was made must not come back with it.
    """
    with transaction.atomic():
        UserSession.objects.all().delete()
        import_module(settings.SESSION_ENGINE).SessionStore.get_model_class().objects.all().delete()
        trail.record(actor="system:backup", roles=(), verb="backup.restore", subjects=(), object=f"backup:{digest[:8]}")
