"""What the journal's verbs of grants/ are called on the page."""

from django.utils.translation import gettext_lazy as _

from firms.verbs import Label

VERBS: dict[str, Label] = {
    "case.open": _("助成金案件を作成"),
    "case.contact": _("企業の担当者を設定"),
    "plan.state": _("事業展開等実施計画を保存"),
    "conversion.state": _("キャリアアップ計画の欄を保存"),
    "case.answer": _("要件に回答"),
    "cost.add": _("支払を記録"),
    "cost.void": _("支払の記録を取消"),
    "outside.tell": _("Takumiの外の受給を記録"),
    "outside.correct": _("Takumiの外の受給の記録を訂正"),
    "excuse.add": _("やむを得ない欠席を記録"),
    "excuse.void": _("やむを得ない欠席の記録を取消"),
    "plan.freeze": _("計画を確定"),
    "plan.file": _("計画届の提出を記録"),
    "change.file": _("計画変更届の提出を記録"),
    "claim.freeze": _("支給申請を確定"),
    "claim.despite": _("満たさない・未確認の要件を確かめて確定"),
    "claim.late": _("支給申請のあとに記録が変わったことを知らせた"),
    "claim.file": _("支給申請の提出を記録"),
    "claim.decide": _("決定を記録"),
    "claim.pay": _("入金を記録"),
    "record.correct": _("記録を訂正"),
    "amend.ask": _("補正を求められたことを記録"),
    "amend.answer": _("補正の提出を記録"),
    "claim.withdraw": _("支給申請の取下げを記録"),
    "step.void": _("労働局とのやりとりの記録を取消"),
    "repay.ask": _("返還を求められたことを記録"),
    "repay.pay": _("返還を記録"),
    "papers.orphan": _("委任が終わった事務所の書類があることを知らせた"),
    "case.close": _("案件を完了"),
    "case.drop": _("案件を取りやめ"),
    "case.reason": _("理由を記録"),
    "papers.ask": _("様式の作成を依頼"),
    "deadline.replace": _("期限を置換え"),
    "deadline.meet": _("期限に対応済み"),
    "deadline.lapse": _("期限が不要に"),
}
