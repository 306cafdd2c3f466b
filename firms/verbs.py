"""What the journal's verbs are called on the page; each app registers its own."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Label = str | Promise

VERBS: dict[str, Label] = {
    "organisation.create": _("組織を登録"),
    "organisation.edit": _("組織の情報を変更"),
    "organisation.correct": _("区が組織の情報を訂正"),
    "organisation.deregister": _("組織の登録を抹消"),
    "organisation.reinstate": _("組織の抹消を取消し"),
    "register.load": _("法人番号の一覧を取込み"),
    "newcomer.ask": _("参加を申込み"),
    "newcomer.confirm": _("参加の申込みをメールで確認"),
    "newcomer.accept": _("参加の申込みを受けて登録"),
    "newcomer.decline": _("参加の申込みを断った"),
    "establishment.correct": _("区が事業所の情報を訂正"),
    "establishment.create": _("事業所を登録"),
    "establishment.edit": _("事業所の情報を変更"),
    "invitation.send": _("招待を送信"),
    "invitation.withdraw": _("招待を取消"),
    "invitation.accept": _("招待を承諾して参加"),
    "membership.begin": _("雇用とともに所属を開始"),
    "membership.end": _("所属を終了"),
    "membership.reopen": _("所属を再開"),
    "employment.start": _("雇用を登録"),
    "employment.edit": _("雇用の情報を変更"),
    "employment.terms": _("雇用の条件を変更"),
    "employment.end": _("雇用を終了"),
    "leave.record": _("休業を記録"),
    "deputy.appoint": _("担当の代理を立てる"),
    "deputy.end": _("担当の代理を終える"),
    "person.rename": _("氏名を変更"),
    "person.read_easily": _("やさしい日本語に切替"),
    "person.read_plainly": _("ふつうの日本語に切替"),
    "second_factor.replace": _("認証アプリを登録し直し"),
    "second_factor.reset": _("二段階認証を解除"),
    "site_text.write": _("区の文章を公開"),
    "letter_wishes.write": _("お知らせの受け取り方を変更"),
    "people.look_at": _("従業員の表を確認"),
    "people.register": _("従業員の表から登録"),
    "people.take_back": _("まとめた登録を取消し"),
    "people.remove": _("従業員の登録を取消し"),
    "pattern.create": _("勤務形態を登録"),
    "pattern.edit": _("勤務形態を変更"),
    "holiday.add": _("会社の休日を登録"),
    "holiday.remove": _("会社の休日を削除"),
    "mandate.request": _("委任を申し出"),
    "mandate.accept": _("委任を承認"),
    "mandate.decline": _("委任を辞退"),
    "mandate.revoke": _("委任を解除"),
    "mandate.expire": _("委任の期間が満了"),
    "evidence.hand_in": _("証拠書類を登録"),
    "evidence.check": _("証拠書類を確認"),
    "evidence.reject": _("証拠書類を受入不可と判定"),
    "correction.make": _("記録を訂正"),
    "document.freeze": _("文書を確定して署名を依頼"),
    "document.sign": _("文書に署名"),
    "document.complete": _("全員の署名がそろった"),
    "document.contact": _("署名の連絡先を変更"),
    "link.send": _("リンクを発行"),
    "link.use": _("リンクから操作"),
    "link.revoke": _("リンクを取消"),
    "job.retry": _("失敗したジョブを再実行"),
}


def register_verbs(labels: Mapping[str, Label]) -> None:
    """Called by each app in AppConfig.ready."""
    VERBS.update(labels)


def verb_label(code: str) -> str:
    """A code nobody registered is shown as it is."""
    return str(VERBS.get(code, code))
