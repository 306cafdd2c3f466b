"""Key pairs for badges: made, kept encrypted under the site's secret, and shown as JWK.

RS256, because Open Badges 3.0 asks every verifier for it and promises no other (§8.2, JOSE header `alg`).
"""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from firms.errors import Refused
from firms.words.saying import said as _

ALGORITHM = "RS256"
BITS = 2048


@dataclass(frozen=True)
class KeyPair:
    """`private_key` is a PEM encrypted for this site; `public_key` a JWK as JSON."""

    private_key: str
    public_key: str


def new_pair(key_id: str) -> KeyPair:
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from jwt.algorithms import RSAAlgorithm

    private = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public: dict[str, Any] = RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
    jwk = {"kty": public["kty"], "n": public["n"], "e": public["e"], "alg": ALGORITHM, "use": "sig", "kid": key_id}
    return KeyPair(vault().encrypt(pem).decode(), json.dumps(jwk))


def vault() -> Any:
    """Locks private keys with a key derived from SECRET_KEY, so that a copy of the database alone signs nothing."""
    from cryptography.fernet import Fernet
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"takumi.badge-keys").derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(urlsafe_b64encode(derived))


def opened(private_key: str) -> Any:
    """The key itself, as the vault has proved it whole; a site whose secret was changed has to rotate its key."""
    from cryptography.fernet import InvalidToken
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        pem = vault().decrypt(private_key.encode())
    except InvalidToken:
        raise Refused(
            _("署名鍵を読めません。サイトの管理者に、署名鍵の更新（rotate_badge_key）を頼んでください。")
        ) from None
    return load_pem_private_key(pem, None, unsafe_skip_rsa_key_validation=True)
