from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from trellis.people.accounts import queries
from trellis.people.accounts.models import Account


class Backend(AuthenticationBackend):
    def get_user(self, user_id: int) -> Account | None:
        """The account of the session with its roles, in one statement; nobody when it was switched off."""
        account = queries.account_with_roles(user_id)
        return account if account and account.is_active else None

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Account | None:
        # The library looks a name up as a sign-in name and as an address, and hashes each time it finds somebody:
        # twice for those who are here, once for those who are not. Here it is once for everybody.
        name = credentials.get("username") or credentials.get("email") or ""
        known: Account | None = self._check_password(queries.account_by_name(name), credentials["password"])
        return known
