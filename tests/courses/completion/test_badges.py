"""Badges: read by an independent decoder with the published key, revoked in the published list, checked in words."""

import gzip
import json
from base64 import b64encode, urlsafe_b64decode
from urllib.parse import urlsplit

import jwt
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import localdate

from courses.actions.completion.certificates import revoke_certificate
from courses.actions.completion.completion import decide_completion
from courses.actions.completion.keys import rotate_badge_key
from courses.badges.credential import LIST_BITS, encoded_bits
from courses.badges.keys import new_pair, opened
from courses.badges.signing import signed
from courses.models import Certificate, CourseSkill, SigningKey
from courses.queries.completion.badges import badge_token
from firms.errors import Refused
from firms.models import JournalEntry


@pytest.fixture
def certificate(completed):
    return Certificate.objects.get(enrolment=completed)


@pytest.fixture
def clerk(coordinator):
    return coordinator.acting(localdate())


def fetched(client, address):
    """What a verifier gets who follows an address of the badge, without a login."""
    answer = client.get(urlsplit(address).path)
    assert answer.status_code == 200, address
    return answer.content.decode()


def decoded(client, token):
    """As anybody else would: the key's address from the header, the key from there, nothing of ours but what is public."""
    header = jwt.get_unverified_header(token)
    assert (set(header), header["alg"], header["typ"]) == ({"alg", "kid", "typ"}, "RS256", "JWT")
    key = jwt.PyJWK(json.loads(fetched(client, header["kid"])))
    return jwt.decode(token, key.key, algorithms=["RS256"])


def bit_of(client, status):
    """Read by the words of the standard: multibase u, base64url, gzip, the first bit leftmost."""
    listed = decoded(client, fetched(client, status["statusListCredential"]))
    assert (listed["type"][1], listed["id"]) == ("BitstringStatusListCredential", status["statusListCredential"])
    encoded = listed["credentialSubject"]["encodedList"]
    bits = gzip.decompress(urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4)))
    assert (encoded[0], len(bits) * 8 >= 131_072) == ("u", True)
    index = int(status["statusListIndex"])
    return bits[index // 8] >> (7 - index % 8) & 1


def badge_path(certificate, kind="jwt"):
    return reverse("courses:badge_file", args=[certificate.check_code, kind])


def verify(client, text):
    return client.post(reverse("courses:badge_verify"), {"token": text}).content.decode()


# --- the credential ---


def test_a_badge_is_read_with_the_published_key(certificate, client):
    badge = decoded(client, client.get(badge_path(certificate)).content.decode())

    facts, subject = certificate.facts, badge["credentialSubject"]
    assert badge["@context"] == [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]
    assert badge["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert (badge["iss"], badge["jti"], badge["sub"]) == (badge["issuer"]["id"], badge["id"], subject["id"])
    assert badge["nbf"] == int(certificate.issued_at.timestamp())
    assert badge["validFrom"] == f"{certificate.issued_at:%Y-%m-%dT%H:%M:%SZ}"
    assert subject["type"] == ["AchievementSubject"]
    assert subject["identifier"] == [
        {"type": "IdentityObject", "identityType": "name", "hashed": False, "identityHash": facts["name"]}
    ]
    assert subject["achievement"]["name"] == facts["course"]
    assert subject["achievement"]["criteria"] == {"narrative": "12時間の80%（9時間36分）以上に出席すること"}
    assert certificate.enrolment.person.email not in json.dumps(badge)


def test_a_badge_names_the_items_of_the_skill_standards(finished, seated, attended, clerk, client):
    CourseSkill.objects.create(course=finished.course, item="dss-l:1.1:mind.1")
    (enrolment,) = seated(finished)
    attended(enrolment, 360, 360)
    decide_completion(finished, by=clerk)

    badge = decoded(client, client.get(badge_path(Certificate.objects.get())).content.decode())

    assert badge["credentialSubject"]["achievement"]["alignment"] == [
        {
            "type": ["Alignment"],
            "targetType": "CFItem",
            "targetName": "変化への適応",
            "targetUrl": "https://www.ipa.go.jp/jinzai/skill-standard/dss/index.html",
            "targetFramework": "DXリテラシー標準（DSS-L）",
            "targetCode": "dss-l:1.1:mind.1",
        }
    ]


def test_the_same_badge_is_the_same_text(certificate):
    assert badge_token(certificate) == badge_token(Certificate.objects.get())


def test_every_address_a_badge_names_answers_a_visitor(certificate, client):
    badge = decoded(client, badge_token(certificate))

    addresses = [badge["id"], badge["issuer"]["id"], badge["credentialSubject"]["achievement"]["id"]]
    assert [client.get(urlsplit(address).path).status_code for address in addresses] == [200] * 3


def test_the_issuers_profile_names_its_keys(certificate, client):
    badge = decoded(client, badge_token(certificate))
    kid = jwt.get_unverified_header(badge_token(certificate))["kid"]

    profile = json.loads(fetched(client, badge["issuer"]["id"]))

    assert (profile["id"], profile["type"], profile["name"]) == (
        badge["issuer"]["id"],
        ["Profile"],
        certificate.facts["college"],
    )
    assert profile["assertionMethod"] == [kid]
    assert profile["verificationMethod"][0]["publicKeyJwk"] == json.loads(fetched(client, kid))


def test_published_keys_hold_nothing_private(certificate, client):
    assert set(json.loads(fetched(client, "/courses/badges/keys/key-1/"))) == {"kty", "n", "e", "alg", "use", "kid"}
    assert "PRIVATE" not in SigningKey.objects.get().private_key


def test_the_json_envelops_the_same_badge(certificate, client):
    enveloped = json.loads(client.get(badge_path(certificate, "json")).content)

    assert enveloped["type"] == "EnvelopedVerifiableCredential"
    assert enveloped["id"] == f"data:application/vc+jwt,{badge_token(certificate)}"
    assert client.get(badge_path(certificate, "pdf")).status_code == 404


def test_files_of_unknown_codes_and_lists_that_cannot_be_do_not_exist(certificate, client, firm):
    college = certificate.facts["college_id"]
    pages = [
        reverse("courses:badge_file", args=["A" * 20, "jwt"]),
        reverse("courses:badge_key", args=["key-9"]),
        reverse("courses:badge_issuer", args=[firm.pk]),
        reverse("courses:badge_status", args=[firm.pk, 0]),
        reverse("courses:badge_status", args=[college, 10**12]),
    ]

    assert [client.get(page).status_code for page in pages] == [404] * 5


# --- revocation ---


def test_revoking_sets_the_badges_bit_and_no_other(certificate, client, clerk):
    status = decoded(client, badge_token(certificate))["credentialStatus"]
    other = {**status, "statusListIndex": "1"}
    before = bit_of(client, status)

    revoke_certificate(certificate, reason="誤発行", by=clerk)

    assert (before, bit_of(client, status), bit_of(client, other)) == (0, 1, 0)
    assert (status["type"], status["statusPurpose"]) == ("BitstringStatusListEntry", "revocation")


def test_bits_are_set_from_the_left():
    bits = gzip.decompress(urlsafe_b64decode(encoded_bits([0, 9, LIST_BITS - 1])[1:] + "=="))

    assert (bits[0], bits[1], bits[-1], sum(bits)) == (0b1000_0000, 0b0100_0000, 1, 128 + 64 + 1)


# --- keys ---


def test_a_retired_key_still_verifies_and_the_new_one_signs(certificate, client):
    old = badge_token(certificate)

    call_command("rotate_badge_key", verbosity=0)

    new = badge_token(certificate)
    assert [jwt.get_unverified_header(token)["kid"][-6:] for token in (old, new)] == ["key-1/", "key-2/"]
    assert decoded(client, old) == decoded(client, new)
    assert "有効なデジタル修了証です" in verify(client, old)
    assert "引退した鍵ですが、署名は有効です" in verify(client, old)
    assert JournalEntry.objects.get(verb="key.rotate").details == {"retired": "key-1"}


def test_rotating_without_a_key_makes_the_first_and_the_next(db):
    assert rotate_badge_key().key_id == "key-2"
    assert SigningKey.objects.filter(retired_at=None).count() == 1


def test_a_changed_secret_says_to_rotate(certificate, settings, client):
    settings.SECRET_KEY = "another secret of the same site"

    with pytest.raises(Refused, match="rotate_badge_key"):
        opened(SigningKey.objects.get().private_key)
    answer = client.get(badge_path(certificate))
    assert answer.status_code == 302
    assert "署名鍵を読めません" in client.get(answer.url).content.decode()
    listed = client.get(reverse("courses:badge_status", args=[certificate.facts["college_id"], 0]))
    assert (listed.status_code, "署名鍵を読めません" in listed.content.decode()) == (503, True)


# --- checking one that somebody shows ---


def test_a_good_badge_is_good_in_words_as_text_and_as_json(certificate, client):
    token = badge_token(certificate)
    enveloped = client.get(badge_path(certificate, "json")).content.decode()

    pages = [verify(client, token), verify(client, f"\n {token[:40]}\n{token[40:]} "), verify(client, enveloped)]

    assert ["有効なデジタル修了証です" in page for page in pages] == [True] * 3
    assert certificate.facts["name"] in pages[0]


def test_a_revoked_badge_says_why(certificate, client, clerk):
    token = badge_token(certificate)
    revoke_certificate(certificate, reason="講座の取り違え", by=clerk)

    page = verify(client, token)

    assert "有効とは確かめられませんでした" in page
    assert "取り消されています。理由: 講座の取り違え" in page


def tampered(token):
    head, body, tail = token.split(".")
    told = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    told["credentialSubject"]["identifier"][0]["identityHash"] = "別人"
    return f"{head}.{b64encode(json.dumps(told).encode(), b'-_').decode().rstrip('=')}.{tail}"


def with_header(token, **changes):
    _head, body, tail = token.split(".")
    header = {**jwt.get_unverified_header(token), **changes}
    return f"{b64encode(json.dumps(header).encode(), b'-_').decode().rstrip('=')}.{body}.{tail}"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (tampered, "署名が合いません"),
        (lambda token: token[:-8] + "AAAAAAAA", "署名が合いません"),
        (lambda token: with_header(token, alg="HS256"), "署名が合いません"),
        (lambda token: with_header(token, alg="none"), "署名が合いません"),
        (
            lambda token: with_header(token, kid="https://elsewhere.example/keys/key-1/"),
            "このサイトのものではありません",
        ),
        (lambda token: token.split(".")[0], "デジタル修了証の形になっていません"),
        (lambda token: "こんにちは", "デジタル修了証の形になっていません"),
        (lambda token: '{"id": 5', "デジタル修了証の形になっていません"),
        (lambda token: "[" * 5000, "デジタル修了証の形になっていません"),
        (lambda token: "x" * 20_001, "長すぎます"),
    ],
    ids=[
        "name changed",
        "signature cut",
        "HS256",
        "none",
        "foreign key",
        "head alone",
        "words",
        "half JSON",
        "brackets",
        "long",
    ],
)
def test_a_spoilt_badge_is_told_in_words(spoil, said, certificate, client):
    page = verify(client, spoil(badge_token(certificate)))

    assert said in page
    assert "有効なデジタル修了証です" not in page


def test_a_signed_text_that_is_no_badge_of_ours_is_not_good(certificate, client):
    """The status list is signed with the same key, yet it is no certificate."""
    status = decoded(client, badge_token(certificate))["credentialStatus"]["statusListCredential"]

    assert "この署名に当たる修了証の記録がありません。" in verify(client, fetched(client, status))


def test_a_badge_moved_to_another_place_in_the_list_is_not_good(certificate, client):
    key = SigningKey.objects.get()
    payload = decoded(client, badge_token(certificate))
    payload["credentialStatus"]["statusListIndex"] = "7"
    kid = jwt.get_unverified_header(badge_token(certificate))["kid"]

    page = verify(client, signed(payload, private_key=key.private_key, key_place=kid))

    assert "有効なデジタル修了証です" not in page


def test_a_key_of_somebody_else_does_not_pass_for_ours(certificate, client):
    foreign = new_pair("key-1")
    kid = jwt.get_unverified_header(badge_token(certificate))["kid"]
    payload = decoded(client, badge_token(certificate))

    page = verify(client, signed(payload, private_key=foreign.private_key, key_place=kid))

    assert "署名が合いません" in page


def test_the_page_asks_for_something_to_check(client, db):
    assert "中の文字をすべて貼り付けてください。" in verify(client, "")
