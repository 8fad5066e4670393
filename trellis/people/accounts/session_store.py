"""Django's sessions in the database; the question that every page asks first is phrased once."""

import time
from datetime import UTC, datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from trellis.foundation.record.prepared import Prepared


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Any:
        # By the wall's clock: a demo's clock does not make a sign-in older.
        found = _ask.first(self.session_key, datetime.fromtimestamp(time.time(), UTC))
        if found is None:
            self._session_key = None
        return found


@Prepared
def _ask(session_key: str, now: datetime) -> "QuerySet[Session]":
    return Session.objects.filter(session_key=session_key, expire_date__gt=now)
