"""Job seekers: invited by their adviser, joined by their mail, their consents, past jobs, and who advises them."""

from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from firms.acting import Acting
from firms.actions.links import Receiver, send_link
from firms.actions.registered import refuse_deregistered
from firms.errors import Refused
from firms.journal import record
from firms.links.purposes import Guest
from firms.models import Organisation, Person
from firms.models.signing import hash_of_text
from firms.post.notify import notify
from firms.words.saying import said as _
from trials.actions.telling import advisers_of
from trials.consents import ConsentText, consents_on, label_of
from trials.models import Consent, ConsentEnd, JobSeeker, PastJob, Placement, Round
from trials.rules import admits

JOIN = "trials.join"
LINK_DAYS = timedelta(days=14)


@transaction.atomic
def invite_seeker(round: Round, *, email: str, by: Acting, **typed: Any) -> JobSeeker:
    """What the adviser typed waits for the person's own word; whether anybody has the address is neither asked nor told."""
    assert by.organisation is not None
    refuse_deregistered(by.organisation, on=by.today)
    round = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    email = email.lower()
    refuse_closed(round, on=by.today)
    if JobSeeker.objects.filter(round=round, agency=by.organisation, email=email).exists():
        raise Refused(_("この宛先には、この募集回の招待をすでに送っています。一覧を確かめてください。"), field="email")
    seeker = JobSeeker(round=round, agency=by.organisation, adviser=by.person, email=email, **typed)
    refuse_unfit(seeker, on=by.today)
    seeker.save()
    record(seeker, "seeker.invite", by=by, concerns=by.organisation)
    send_join_link(seeker, by=by)
    return seeker


def send_join_link(seeker: JobSeeker, *, by: Acting) -> None:
    to = Receiver(seeker.full_name, email=seeker.email)
    send_link(seeker, purpose=JOIN, to=to, term=LINK_DAYS, owner=seeker.agency, by=by)


@transaction.atomic
def send_again(seeker: JobSeeker, *, by: Acting) -> None:
    if seeker.joined_at is not None:
        raise Refused(_("この人はすでに登録を終えています。"))
    send_join_link(seeker, by=by)


def refuse_closed(round: Round, *, on: date) -> None:
    if not round.opens_on <= on <= round.closes_on:
        raise Refused(_("この募集回は受付の期間ではありません。受付中の募集回を選んでください。"), field="round")
    taken = round.seekers.exclude(placements__closed_with="withdrawn").count()
    if taken >= round.places:
        raise Refused(
            _("この募集回は定員%(places)s人に達しています。区に相談してください。") % {"places": round.places},
            field="round",
        )


def refuse_unfit(seeker: JobSeeker, *, on: date) -> None:
    answer = admits(seeker.round.rules, age=seeker.age_on(on), status=seeker.standing)
    if not answer.admitted:
        raise Refused(
            _("%(because)s（根拠：%(source)s）") % {"because": answer.because, "source": seeker.round.rules.source},
            field="standing",
        )


@transaction.atomic
def join_by_link(guest: Guest, given: dict[str, Any]) -> None:
    """Whoever opens the mail proves the address; nobody consents in another's place."""
    seeker = JobSeeker.objects.select_for_update(of=("self",)).get(pk=guest.link.subject_id)
    if not guest.is_the_receiver:
        raise Refused(_("登録と同意ができるのは本人だけです。本人に、メールのリンクを開いてもらってください。"))
    if seeker.joined_at is None:
        join(seeker, person_at(seeker), agreed=agreed_keys(given), on=guest.today)


def agreed_keys(given: dict[str, Any]) -> set[str]:
    return {name for name, value in given.items() if value is True}


def person_at(seeker: JobSeeker) -> Person:
    """Who has the address already, else somebody new, who chooses a password by 「パスワードを忘れたとき」."""
    known = Person.objects.filter(email__iexact=seeker.email).first()
    if known:
        return known
    names = {"family_name": seeker.family_name, "given_name": seeker.given_name}
    person = Person.objects.create_user(seeker.email, **names)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@transaction.atomic
def join(seeker: JobSeeker, person: Person, *, agreed: set[str], on: date) -> Placement:
    """The person's registration, their consents in today's words, and the placement it begins."""
    refuse_unfit(seeker, on=on)
    if JobSeeker.objects.filter(round=seeker.round_id, person=person).exists():
        raise Refused(_("この募集回には、すでに登録されています。"))
    texts = consents_on(on)
    if [text for text in texts if text.is_needed and text.key not in agreed]:
        raise Refused(_("登録には「必要」と書かれた同意が要ります。内容を読んで選んでください。"))
    seeker.person, seeker.joined_at = person, timezone.now()
    seeker.save(update_fields=["person", "joined_at"])
    for text in texts:
        if text.key in agreed:
            keep_consent(seeker, text)
    placement = Placement.objects.create(seeker=seeker, person=person)
    record(placement, "placement.register", by=None, concerns=seeker.agency_id)
    return placement


def keep_consent(seeker: JobSeeker, text: ConsentText) -> Consent:
    return Consent.objects.create(
        seeker=seeker,
        recipient=text.recipient,
        purpose=text.purpose,
        version=text.version,
        text=text.text,
        sha256=hash_of_text(text.text),
    )


def lock(seeker: JobSeeker) -> JobSeeker:
    return JobSeeker.objects.select_for_update(of=("self",)).get(pk=seeker.pk)


@transaction.atomic
def give_consent(seeker: JobSeeker, *, key: str, seen: date, by: Acting) -> Consent:
    """In the words on the page: `seen` is the day of the text that was read."""
    seeker = lock(seeker)
    text = next((one for one in consents_on(by.today) if one.key == key), None)
    if text is None or text.version != seen:
        raise Refused(_("同意の文面が新しくなっています。画面を開き直して、読んでから同意してください。"))
    held = seeker.consents.in_force().to(text.recipient, text.purpose).filter(version=text.version).first()
    if held:
        return held
    consent = keep_consent(seeker, text)
    record(seeker, "consent.give", by=by, concerns=seeker.agency_id, consent=text.label)
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, by: Acting) -> None:
    """At any time, also in mid-trial: the contract stands, nothing more is passed on, and the adviser hears of it."""
    seeker = lock(consent.seeker)
    if ConsentEnd.objects.filter(consent=consent).exists():
        return
    ConsentEnd.objects.create(consent=consent)
    label = label_of(consent.recipient, consent.purpose)
    record(seeker, "consent.withdraw", by=by, concerns=seeker.agency_id, consent=label)
    body = _(
        "%(name)sさんが「%(label)s」への同意を撤回しました。これから先は知らせないでください。結んだ契約はそのまま続きます。"
    ) % {"name": seeker.full_name, "label": label}
    for adviser in advisers_of(seeker, on=by.today):
        notify(adviser, subject=_("同意が撤回されました"), body=body, organisation=seeker.agency)


@transaction.atomic
def add_past_job(
    seeker: JobSeeker, *, employer: str, started_on: date, left_on: date | None, is_retiree_over_60: bool, by: Acting
) -> PastJob:
    seeker = lock(seeker)
    if left_on is not None and left_on < started_on:
        raise Refused(_("離職日は入社日以後の日付にしてください。"), field="left_on")
    if left_on is not None and left_on > by.today:
        raise Refused(_("離職日は今日までの日付にしてください。在籍中なら空欄にします。"), field="left_on")
    job = PastJob.objects.create(
        seeker=seeker,
        employer=employer,
        firm=Organisation.objects.of_kind("firm").filter(name=employer).first(),
        started_on=started_on,
        left_on=left_on,
        is_retiree_over_60=is_retiree_over_60,
    )
    record(seeker, "seeker.past_job", by=by, concerns=seeker.agency_id)
    return job
