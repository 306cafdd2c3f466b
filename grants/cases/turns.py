"""Whose turn it is: decided here alone, from what a step asks for and the mandate in force."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from firms.models import Mandate


class Turn(TextChoices):
    """The same words for every reader, whoever's turn it is."""

    FIRM = "firm", _("企業の番")
    OFFICE = "office", _("社労士事務所の番")
    COLLEGE = "college", _("連携校の番")
    WARD = "ward", _("区の番")
    LABOUR = "labour", _("労働局の審査待ち")


class Work(TextChoices):
    """What a step asks for."""

    # 申請書等の作成・提出代行・事務代理 (社労士法2条1項1号から1号の3, 27条).
    APPLICATION = "application", _("申請書類の作成と届出")
    # Its own data and people, evidence, wages and fees paid, money received, its signature: nobody can say these for it.
    STATEMENT = "statement", _("企業だけが言えること")
    TEACHING = "teaching", _("講座とコマ")
    LISTING = "listing", _("掲載の確認")
    RULING = "ruling", _("審査")


TURN_OF = {
    Work.STATEMENT: Turn.FIRM,
    Work.TEACHING: Turn.COLLEGE,
    Work.LISTING: Turn.WARD,
    Work.RULING: Turn.LABOUR,
}


def turn_of(work: Work, *, mandate: Mandate | None) -> Turn:
    """`mandate`: the one in force that day whose scope covers the grant; without it the firm applies itself."""
    return TURN_OF.get(work) or (Turn.OFFICE if mandate else Turn.FIRM)


def turns_of(works: Iterable[Work], *, mandate: Mandate | None = None) -> tuple[Turn, ...]:
    """Each once, in the order of the works; none where nothing is left to do."""
    return tuple(dict.fromkeys(turn_of(work, mandate=mandate) for work in works))
