"""What the journal's verbs of trials/ are called on the page; those of a placement are the events of its table."""

from django.utils.translation import gettext_lazy as _

from firms.verbs import Label
from trials.states import EVENTS

VERBS: dict[str, Label] = {
    "round.open": _("募集回を開く"),
    "licence.register": _("派遣元の許可を登録"),
    "seeker.invite": _("求職者を招待"),
    "seeker.past_job": _("職歴を登録"),
    "seeker.hand_over": _("担当を引き継ぐ"),
    "consent.give": _("同意"),
    "consent.withdraw": _("同意を撤回"),
    "posting.write": _("求人を作成"),
    "posting.edit": _("求人を変更"),
    "posting.open": _("求人を公開"),
    "posting.close": _("求人の募集を終了"),
    "placement.register": _("トライアルに登録"),
    "placement.clear_up": _("アカウント等を片付け"),
    **{f"placement.{event.code}": event.label for event in EVENTS},
}
