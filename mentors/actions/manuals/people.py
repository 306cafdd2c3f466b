"""Who is in the picture: named, asked, agreed; and a consent taken back, which takes the film down at once."""

from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.actions.links import Receiver, end_links, send_link
from firms.errors import Refused
from firms.journal import move, record
from firms.links.purposes import Guest
from firms.models import ActionLink, Person
from firms.post.notify import notify
from firms.queries import leaders_of
from firms.words.saying import said as _
from mentors.actions.manuals.writing import drafted, locked
from mentors.models import Appearance, ManualVersion, PictureConsent, PictureConsentEnd
from mentors.models.manuals.manuals import COVERED_BY, SkillManual, Visibility
from mentors.models.manuals.people import Way
from mentors.rules import link_term
from mentors.states import ManualState

APPEAR = "mentors.appear"


def consent_text(appearance: Appearance, shown_to: str) -> str:
    """What is agreed to, kept word for word with the consent."""
    manual = appearance.manual
    told = {"title": manual.title, "firm": manual.firm.name, "shown": str(Visibility(shown_to).label)}
    return (
        _(
            "%(firm)sの技能マニュアル「%(title)s」の動画と静止画に、私の姿と声が入ることに同意します。見られる人は「%(shown)s」です。"
            "同意はいつでも取りやめることができ、取りやめると、動画はすぐに見られなくなります。"
        )
        % told
    )


@transaction.atomic
def name_appearance(manual: SkillManual, *, name: str, email: str, person: Person | None, by: Acting) -> Appearance:
    """From the version that is being written on."""
    version = drafted(manual)
    try:
        with transaction.atomic():
            made = Appearance.objects.create(
                manual=version.manual,
                name=person.full_name if person else name,
                person=person,
                email=email.lower(),
                from_version=version.number,
            )
    except IntegrityError:
        raise Refused(_("この人は、すでに挙げられています。"), field="name") from None
    ManualVersion.objects.filter(pk=version.pk).update(has_nobody=False)
    record(version.manual, "manual.name_appearance", by=by, concerns=version.manual.firm, who=made.name)
    if person:
        tell_person(made)
    return made


def tell_person(appearance: Appearance) -> None:
    assert appearance.person
    notify(
        appearance.person,
        subject=_("動画に写ることの同意のお願い: %(title)s") % {"title": appearance.manual.title},
        body=_("動画を見て、写ってよければ同意してください。同意がそろうまで、公開されません。"),
        path=reverse("mentors:appearance", args=[appearance.pk]),
    )


@transaction.atomic
def say_nobody(manual: SkillManual, *, by: Acting) -> None:
    """Of the draft: nobody is to be seen or heard."""
    version = drafted(manual)
    if Appearance.objects.in_version(version).exists():
        raise Refused(
            _(
                "写っている人が挙げられています。その人が写っていないなら、先に「この版から写っていない」にしてください。"
            )
        )
    ManualVersion.objects.filter(pk=version.pk).update(has_nobody=True)
    record(version.manual, "manual.say_nobody", by=by, concerns=version.manual.firm, number=version.number)


@transaction.atomic
def cut_out(appearance: Appearance, *, by: Acting) -> None:
    """Not in the version that is being written any more; in those before they stay."""
    version = drafted(appearance.manual)
    end_links(appearance, because=_("この動画には、もう写っていないため、同意は要らなくなりました。"), by=by)
    if appearance.from_version == version.number and not appearance.consents.exists():
        record(version.manual, "manual.cut_out", by=by, concerns=version.manual.firm, who=appearance.name)
        appearance.delete()
        return
    Appearance.objects.filter(pk=appearance.pk).update(until_version=max(version.number - 1, appearance.from_version))
    record(version.manual, "manual.cut_out", by=by, concerns=version.manual.firm, who=appearance.name)


@transaction.atomic
def ask_consent(appearance: Appearance, *, by: Acting) -> ActionLink:
    """By mail, to somebody without an account."""
    manual = locked(appearance.manual)
    if not Appearance.objects.filter(pk=appearance.pk).missing(manual.visibility).exists():
        raise Refused(_("この人は、すでに同意しています。"))
    to = Receiver(appearance.name, "", appearance.email)
    return send_link(appearance, purpose=APPEAR, to=to, term=link_term(by.today), owner=manual.firm, by=by)


@transaction.atomic
def agree(appearance: Appearance, *, shown_to: str, way: Way, by: Acting | None) -> PictureConsent:
    """In the words of this moment; the same once more changes nothing, one that reaches further is a further row."""
    manual = locked(appearance.manual)
    reaching = COVERED_BY[Visibility(shown_to)]
    known = PictureConsent.objects.in_force().filter(appearance=appearance, shown_to__in=reaching).first()
    if known:
        return known
    consent = PictureConsent.objects.create(
        appearance=appearance,
        text=consent_text(appearance, shown_to),
        shown_to=shown_to,
        way=way,
        recorded_by=by.person if by else None,
    )
    record(manual, "manual.agree_picture", by=by, concerns=manual.firm, who=appearance.name)
    return consent


def agree_by_link(guest: Guest, given: dict[str, Any]) -> None:
    appearance = Appearance.objects.select_related("manual__firm").get(pk=guest.link.subject_id)
    agree(appearance, shown_to=given["shown_to"], way=Way.LINK, by=None)


@transaction.atomic
def take_back(appearance: Appearance, *, because: str, by: Acting) -> None:
    """The film goes down in the same moment: what is published is withdrawn, what waits goes back to its writers."""
    manual = locked(appearance.manual)
    consents = list(PictureConsent.objects.in_force().filter(appearance=appearance))
    if not consents:
        raise Refused(_("同意の記録がないため、取りやめるものがありません。"))
    for consent in consents:
        PictureConsentEnd.objects.create(consent=consent, because=because, recorded_by=by.person)
    record(manual, "manual.take_back_picture", by=by, concerns=manual.firm, who=appearance.name, reason=because)
    for version in manual.versions.all():
        covers = appearance.from_version <= version.number <= (appearance.until_version or version.number)
        if covers:
            take_down(version, appearance, by=by)
    tell_keepers(manual, appearance, by=by)


def take_down(version: ManualVersion, appearance: Appearance, *, by: Acting) -> None:
    because = _("%(name)sさんが、写ることの同意を取りやめたため") % {"name": appearance.name}
    told = {"reason": because}
    if version.state == ManualState.PUBLISHED:
        move(
            version,
            ManualState.WITHDRAWN,
            by=by,
            verb="manual.take_down",
            concerns=version.manual.firm_id,
            told=told,
            because=because,
            ended_at=timezone.now(),
        )
    elif version.state in (ManualState.REVIEWING, ManualState.APPROVED):
        move(
            version,
            ManualState.DRAFT,
            by=by,
            verb="manual.take_down",
            concerns=version.manual.firm_id,
            told=told,
            because=because,
        )


def tell_keepers(manual: SkillManual, appearance: Appearance, *, by: Acting) -> None:
    """Also that packs carried away are not reached from here."""
    people = {one.pk: one for one in [manual.keeper, *leaders_of(manual.firm_id, on=by.today)]}
    for person in people.values():
        notify(
            person,
            subject=_("動画を止めました: %(title)s") % {"title": manual.title},
            body=_(
                "%(name)sさんが、写ることの同意を取りやめました。動画はもう誰にも見られません。"
                "持ち出したパックがあれば消してください。写っていない動画に替えて、新しい版を作れます。"
            )
            % {"name": appearance.name},
            path=reverse("mentors:manual_people", args=[manual.pk]),
            organisation=manual.firm,
        )
