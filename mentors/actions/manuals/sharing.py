"""Who may see a manual: the firm, firms named one by one, or the whole ward; who keeps it; and what is carried away."""

from django.db import IntegrityError, transaction

from firms.acting import Acting
from firms.errors import Refused
from firms.journal import record
from firms.models import Organisation, Person
from firms.models.organisations import Kind
from firms.words.saying import said as _
from mentors.actions.manuals.writing import locked
from mentors.models import Appearance, ManualShare, ManualVersion, SkillManual
from mentors.queries.manuals import needs_captions


@transaction.atomic
def show_to(manual: SkillManual, *, visibility: str, by: Acting) -> None:
    """Never further than those in the picture of what is published have agreed to."""
    manual = locked(manual)
    published = manual.versions.published().select_related("film").first()
    if published:
        if needs_captions(published, visibility):
            raise Refused(
                _("区内で共有する動画には字幕が要ります。字幕を付けた新しい版を公開してから、範囲を広げてください。"),
                field="visibility",
            )
        short = Appearance.objects.in_version(published).missing(visibility)
        if names := "、".join(short.values_list("name", flat=True)):
            raise Refused(
                _("%(names)sさんの同意が、その範囲まで届いていません。同意を取り直してから広げてください。")
                % {"names": names},
                field="visibility",
            )
    SkillManual.objects.filter(pk=manual.pk).update(visibility=visibility)
    manual.visibility = visibility
    change = str(manual.get_visibility_display())
    record(manual, "manual.show_to", by=by, concerns=manual.firm, change=change)


@transaction.atomic
def share_with(manual: SkillManual, *, number: str, by: Acting) -> ManualShare:
    """A firm known by its 法人番号."""
    manual = locked(manual)
    firm = Organisation.objects.registered_on(by.today).of_kind(Kind.FIRM).filter(corporate_number=number).first()
    if firm is None:
        raise Refused(_("この法人番号で登録している企業がありません。番号を相手に確かめてください。"), field="number")
    if firm.pk == manual.firm_id:
        raise Refused(_("自社には、すでに見えています。"), field="number")
    try:
        with transaction.atomic():
            share = ManualShare.objects.create(manual=manual, firm=firm, started_on=by.today)
    except IntegrityError:
        raise Refused(_("この企業とは、すでに共有しています。"), field="number") from None
    record(manual, "manual.share", by=by, concerns=manual.firm, who=firm.name)
    return share


@transaction.atomic
def end_share(share: ManualShare, *, by: Acting) -> None:
    """From this moment; a second click finds it ended."""
    manual = locked(share.manual)
    if ManualShare.objects.filter(pk=share.pk, ended_on=None).update(ended_on=by.today):
        record(manual, "manual.end_share", by=by, concerns=manual.firm, who=share.firm.name)


@transaction.atomic
def hand_over(manual: SkillManual, person: Person, *, by: Acting) -> None:
    """Another keeper of the same firm, as when the one of now leaves."""
    manual = locked(manual)
    if not person.memberships.on(by.today).filter(organisation=manual.firm_id).exists():
        raise Refused(_("担当者は、自社の人から選んでください。"), field="person")
    SkillManual.objects.filter(pk=manual.pk).update(keeper=person)
    record(manual, "manual.hand_over", by=by, concerns=manual.firm, who=person.full_name)


@transaction.atomic
def carry_away(version: ManualVersion, *, by: Acting) -> None:
    """Somebody takes the pack: kept, since a film that goes down later is not reached on a stick."""
    record(version.manual, "manual.carry_away", by=by, concerns=version.manual.firm_id, number=version.number)
