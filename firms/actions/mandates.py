"""Mandates: asked for by either side, accepted or declined by the other, revoked by either at once."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from firms.acting import Acting
from firms.actions.registered import refuse_deregistered
from firms.errors import Refused
from firms.journal import move, record
from firms.models import Mandate, Organisation, Person
from firms.models.mandates import Capacity, Scope
from firms.models.organisations import Kind
from firms.post.notify import notify
from firms.queries import leaders_of
from firms.states import MandateState
from firms.words.saying import said as _

OPEN_STATES = (MandateState.REQUESTED, MandateState.ACTIVE)


def firm_of(corporate_number: str, *, on: date) -> Organisation:
    """The firm an office names by its number, which it knows from its client."""
    known = Organisation.objects.filter(corporate_number=corporate_number, kind=Kind.FIRM)
    firm = known.registered_on(on).first()
    if firm is None:
        raise Refused(
            _(
                "この法人番号の企業は登録されていません。番号を確かめるか、企業から区に登録を申し込んでもらってください。"
            ),
            field="corporate_number",
        )
    return firm


@transaction.atomic
def request_mandate(
    *,
    office: Organisation,
    firm: Organisation,
    advisor: Person,
    capacity: str,
    scopes: list[str],
    starts_on: date,
    ends_on: date | None,
    by: Acting,
) -> Mandate:
    """Ask the other side. The words both will have agreed to are frozen here; the same request again is once."""
    for side in Organisation.objects.select_for_update(of=("self",)).filter(pk__in=[office.pk, firm.pk]).order_by("pk"):
        refuse_deregistered(side, on=by.today)
    wanted = {"capacity": capacity, "scopes": scopes, "starts_on": starts_on, "ends_on": ends_on, "advisor": advisor}
    if ends_on and ends_on < by.today:
        raise Refused(_("終了日が過ぎています。今日以後の日付にしてください。"), field="ends_on")
    known = Mandate.objects.filter(office=office, firm=firm, state__in=OPEN_STATES).first()
    if known and known.is_over(by.today):
        end(known, by=None, verb="mandate.expire")
    elif known and known.state == MandateState.REQUESTED and all(getattr(known, n) == v for n, v in wanted.items()):
        return known
    elif known:
        raise Refused(_("この相手との委任（承認待ちを含む）がすでにあります。先に解除してから申し出てください。"))
    mandate = Mandate.objects.create(
        office=office,
        firm=firm,
        terms=terms_of(office=office, firm=firm, **wanted),  # type: ignore[arg-type]
        asked_by=by.person,
        asked_for=office if by.organisation_id == office.pk else firm,
        **wanted,
    )
    record(mandate, "mandate.request", by=by, concerns=firm, to_state=MandateState.REQUESTED)
    tell(mandate, mandate.answers_with, subject=_("委任の申し出が届きました"), by=by)
    return mandate


def terms_of(
    *,
    office: Organisation,
    firm: Organisation,
    advisor: Person,
    capacity: str,
    scopes: list[str],
    starts_on: date,
    ends_on: date | None,
) -> str:
    """The words of the mandate, as both sides read and keep them."""
    until = ends_on.isoformat() if ends_on else _("解除するまで")
    return _(
        "%(firm)s（以下「委任者」）は、%(office)s（担当 社会保険労務士 %(advisor)s、以下「受任者」）に、次のとおり委任する。\n"
        "一　資格　%(capacity)s\n"
        "二　範囲　%(scopes)s に関する計画及び支給申請の書類の作成、提出及びこれらに付随する行為\n"
        "三　期間　%(start)s から %(until)s\n"
        "四　受任者は、範囲内の事務に必要な委任者の従業員、訓練及び経費の記録をTakumi上で閲覧する。\n"
        "五　委任者及び受任者は、いつでもこの委任を解除できる。解除したときから受任者は記録を閲覧できない。"
    ) % {
        "firm": firm,
        "office": office,
        "advisor": advisor.full_name,
        "capacity": Capacity(capacity).label,
        "scopes": "、".join(str(Scope(scope).label) for scope in scopes),
        "start": starts_on.isoformat(),
        "until": until,
    }


@transaction.atomic
def accept_mandate(mandate: Mandate, *, by: Acting) -> None:
    if mandate.state == MandateState.ACTIVE:
        return
    refuse_ended(mandate)
    for side in (mandate.firm, mandate.office):
        refuse_deregistered(side, on=by.today)
    if mandate.ends_on and mandate.ends_on < by.today:
        raise Refused(_("委任の期間がすでに過ぎています。辞退して、新しい期間で申し出てもらってください。"))
    move(
        mandate,
        MandateState.ACTIVE,
        by=by,
        verb="mandate.accept",
        concerns=mandate.firm_id,
        accepted_by=by.person,
        accepted_at=timezone.now(),
    )
    tell(mandate, mandate.asked_for, subject=_("委任が承認されました"), by=by)


@transaction.atomic
def decline_mandate(mandate: Mandate, *, by: Acting) -> None:
    refuse_ended(mandate)
    end(mandate, by=by, verb="mandate.decline", to=MandateState.DECLINED)
    tell(mandate, mandate.asked_for, subject=_("委任が辞退されました"), by=by)


@transaction.atomic
def revoke_mandate(mandate: Mandate, *, by: Acting) -> None:
    """Either side, without the other: the office's rights end with its next request."""
    refuse_ended(mandate)
    end(mandate, by=by, verb="mandate.revoke")
    other = mandate.firm if by.organisation_id == mandate.office_id else mandate.office
    tell(mandate, other, subject=_("委任が解除されました"), by=by)


def end(
    mandate: Mandate, *, by: Acting | None, verb: str, to: MandateState = MandateState.REVOKED, reason: str = ""
) -> None:
    move(
        mandate,
        to,
        by=by,
        verb=verb,
        concerns=mandate.firm_id,
        told={"reason": reason} if reason else None,
        ended_by=by.person if by else None,
        ended_at=timezone.now(),
    )


def refuse_ended(mandate: Mandate) -> None:
    if mandate.state in {MandateState.DECLINED, MandateState.REVOKED}:
        raise Refused(
            _("この委任はすでに%(state)sされています。必要なときは新しく申し出てください。")
            % {"state": mandate.get_state_display()}
        )


def tell(mandate: Mandate, organisation: Organisation, *, subject: str, by: Acting) -> None:
    """The leaders of the other side."""
    for leader in leaders_of(organisation.pk, on=by.today):
        notify(
            leader,
            subject=subject,
            body=_("%(firm)s と %(office)s の委任（%(capacity)s）です。内容をご確認ください。")
            % {"firm": mandate.firm, "office": mandate.office, "capacity": mandate.get_capacity_display()},
            path=reverse("firms:mandate", args=[mandate.pk]),
            organisation=organisation,
        )
