import time

from django.conf import settings
from django.utils.module_loading import import_string

from trellis.foundation.audit import sealing
from trellis.foundation.documents import clearing
from trellis.foundation.jobs import actions
from trellis.foundation.jobs.registry import job


@job(seconds=300, tries=1)
def seal_audit() -> None:
    sealing.seal()


@job(seconds=300, tries=2)
def prune() -> None:
    actions.prune()


@job(seconds=300, tries=2)
def clear_expired_sessions() -> None:
    import_string(f"{settings.SESSION_ENGINE}.SessionStore").clear_expired()


@job(seconds=300, tries=2)
def clear_expired_cache() -> None:
    actions.clear_expired_cache()


@job(seconds=600, tries=1)
def clear_left_over_documents() -> None:
    clearing.clear(time.time())  # files have the wall's time
