"""A passkey answers for one site: what a device signed for another is worth nothing here."""

import json
import os
import re
from hashlib import sha256

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.cache import cache
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from trellis.people.accounts.tests.factories import account_with, show_again, sign_in

pytestmark = pytest.mark.django_db

HERE, ELSEWHERE = "https://testserver", "https://testserver.example"
ADD, SIGN_IN = "/accounts/passkeys/add/", "/accounts/login/passkey/"
Kind, Flag = CollectedClientData.TYPE, AuthenticatorData.FLAG


@pytest.fixture(autouse=True)
def over_https(settings):
    cache.clear()
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False


class Device:
    """Keeps one key and signs whatever page it is shown, as no honest device would."""

    def __init__(self):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)

    def make(self, options, origin):
        self.owner = options["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        data = self._data(options["rp"]["id"], Flag.AT, credential)
        attested = AttestationObject.create("none", data, {})
        said = self._said(Kind.CREATE, options, origin)
        return self._answer(clientDataJSON=said, attestationObject=attested, rk=True)

    def show(self, options, origin):
        data, said = self._data(options["rpId"]), self._said(Kind.GET, options, origin)
        signature = self.key.sign(bytes(data) + sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        owner = websafe_decode(self.owner)
        return self._answer(clientDataJSON=said, authenticatorData=data, signature=signature, userHandle=owner)

    def _data(self, site, more=0, credential=b""):
        return AuthenticatorData.create(sha256(site.encode()).digest(), Flag.UP | Flag.UV | more, 1, credential)

    def _said(self, kind, options, origin):
        return CollectedClientData.create(kind, websafe_decode(options["challenge"]), origin)

    def _answer(self, rk=False, **response):
        key = websafe_encode(self.id)
        told = {name: websafe_encode(bytes(value)) for name, value in response.items()}
        extensions = {"credProps": {"rk": rk}}
        return json.dumps({
            "id": key, "rawId": key, "type": "public-key", "response": told, "clientExtensionResults": extensions,
        })  # fmt: skip


def add(client, device, origin):
    page = show_again(client, ADD).content.decode()
    options = json.loads(re.search(r'id="passkey_data"[^>]*>(.*?)</script>', page, re.S)[1])
    sent = {
        "name": "My phone",
        "passwordless": "on",
        "credential": device.make(options["creation_options"]["publicKey"], origin),
    }
    return client.post(ADD, sent)


def come_in(client, device, origin):
    client.post("/accounts/logout/")
    asked = client.get(SIGN_IN, headers={"Accept": "application/json"}).json()
    return client.post(SIGN_IN, {"credential": device.show(asked["request_options"]["publicKey"], origin)})


@pytest.fixture
def at_home(client):
    sign_in(client, account_with("client"))
    return client


def test_a_key_that_was_made_for_another_site_is_not_kept(at_home):
    add(at_home, Device(), ELSEWHERE)
    assert not Authenticator.objects.filter(type="webauthn").exists()
    add(at_home, Device(), HERE)
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_what_was_signed_for_another_site_opens_nothing(at_home):
    device = Device()
    add(at_home, device, HERE)
    come_in(at_home, device, ELSEWHERE)
    assert at_home.get("/accounts/").status_code == 302
    come_in(at_home, device, HERE)
    assert at_home.get("/accounts/").status_code == 200
