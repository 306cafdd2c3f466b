"""What the journal's verbs of mentors/ are called on the page."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "application.begin": _("マイスター認定の申請を作成"),
    "application.edit": _("マイスター認定の申請を変更"),
    "application.remove_proof": _("申請の添付書類を外した"),
    "application.submit": _("マイスター認定を申請"),
    "application.withdraw": _("マイスター認定の申請を取下げ"),
    "application.recommend": _("マイスターを推薦"),
    "application.return": _("マイスター認定の申請を差戻し"),
    "application.review": _("審査会に諮った"),
    "application.vote": _("審査会の委員が判断"),
    "application.certify": _("審査会がマイスターと認定"),
    "application.decline": _("審査会が認定しないと決定"),
    "board.appoint": _("審査会の委員を登録"),
    "board.dismiss": _("審査会の委員が退任"),
    "certification.give": _("マイスターの認定証を発行"),
    "certification.list": _("公開名簿への掲載に同意"),
    "certification.unlist": _("公開名簿への掲載を取りやめ"),
    "certification.suspend": _("マイスターの認定を停止"),
    "certification.lift": _("マイスターの認定の停止を解除"),
    "certification.withdraw": _("マイスターの認定を取消し"),
    "certification.remind": _("認定の更新を案内"),
    "person.join_as_craftsman": _("申請のために登録"),
}
