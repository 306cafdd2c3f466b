"""What the journal's verbs of trials/ are called on the page; those of a placement are the events of its table."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from firms.verbs import Label
from trials.states import EVENTS

VERBS: dict[str, Label] = {
    "round.open": _("募集回を開く"),
    "resultreport.issue": _("実績を区に報告"),
    "licence.register": _("派遣元の許可を登録"),
    "licence.end": _("派遣元の許可の取消し・廃止を記録"),
    "seeker.invite": _("求職者を招待"),
    "seeker.come": _("公開のページから申込み"),
    "intake.open": _("公開の受付を開く"),
    "intake.close": _("公開の受付を閉じる"),
    "seeker.past_job": _("職歴を登録"),
    "seeker.hand_over": _("担当を引き継ぐ"),
    "consent.give": _("同意"),
    "consent.withdraw": _("同意を撤回"),
    "direct.begin": _("国のトライアル雇用を登録"),
    "direct.file_plan": _("実施計画書を提出"),
    "direct.end": _("国のトライアル雇用が終わった"),
    "direct.claim": _("トライアル雇用助成金を支給申請"),
    "direct.pay": _("トライアル雇用助成金の支給を記録"),
    "direct.deny": _("トライアル雇用助成金の不支給を記録"),
    "direct.lapse": _("トライアル雇用の期限を過ぎた"),
    "direct.drop": _("トライアル雇用助成金を申請しない"),
    "posting.write": _("求人を作成"),
    "posting.edit": _("求人を変更"),
    "posting.show": _("職場の写真・動画を載せる"),
    "posting.take_down": _("職場の写真・動画を外す"),
    "posting.open": _("求人を公開"),
    "posting.close": _("求人の募集を終了"),
    "visit.write": _("見学・インターンシップを作成"),
    "visit.open": _("見学・インターンシップを公開"),
    "visit.close": _("見学・インターンシップを締切り"),
    "visit.ask": _("見学・インターンシップに申込み"),
    "visit.answer": _("見学・インターンシップの申込みに回答"),
    "visit.count": _("見学・インターンシップの出席を記録"),
    "placement.register": _("トライアルに登録"),
    "workday.tell": _("勤務を記録"),
    "workday.confirm": _("36協定の限度を超えた日を派遣元が確認"),
    "workmonth.approve": _("受入企業が勤務に返事"),
    "workmonth.close": _("勤務の月を締めた"),
    "workmonth.reopen": _("勤務の月を開き直した"),
    "overtimeagreement.register": _("36協定を登録"),
    "ledgernote.write": _("台帳の記載事項を記入"),
    "trialpaper.issue": _("帳票を発行"),
    "trialpaper.take": _("帳票を受取り"),
    "payinformation.tell": _("待遇情報を提供"),
    "safetyteaching.record": _("安全衛生教育を記録"),
    "evaluation.write": _("評価を記入"),
    "hostcall.record": _("巡回を記録"),
    "endnotice.write": _("雇用の終了を予告"),
    "accident.detail": _("死傷病報告の記載事項を記入"),
    "learning.assign": _("開始前のeラーニングを割り当て"),
    "complaint.raise": _("苦情の申出を記録"),
    "complaint.answer": _("苦情への対応を記録"),
    "accident.report": _("災害を記録"),
    "accident.file": _("死傷病報告の提出を記録"),
    "accident.copy": _("死傷病報告の写しの送付を記録"),
    "accident.certify": _("労災請求書への証明を記録"),
    "accident.claim": _("労災の請求を記録"),
    "accident.days_off": _("休業日数を変更"),
    "placement.clear_up": _("アカウント等を片付け"),
    **{f"placement.{event.code}": event.label for event in EVENTS},
}
# What the details of an entry of trials/ are called.
WORDS: dict[str, tuple[Label, Callable[[Any], str]]] = {"days": (_("勤務の日数"), str), "learning": (_("講座"), str)}
