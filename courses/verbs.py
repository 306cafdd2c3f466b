"""What the journal's verbs of courses/ are called on the page."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "courses.course_created": _("講座を登録"),
    "courses.course_edited": _("講座の内容を変更"),
    "courses.proposed": _("講座の掲載を申請"),
    "courses.listed": _("講座を掲載"),
    "courses.returned": _("講座を差戻し"),
    "courses.return_reason": _("差戻しの理由"),
    "courses.withdrawn": _("講座の掲載を終了"),
    "courses.run_created": _("開講を登録"),
    "courses.run_edited": _("開講の内容を変更"),
    "courses.run_opened": _("募集を開始"),
    "courses.run_cancelled": _("開講を中止"),
    "courses.run_cancel_reason": _("開講中止の理由"),
    "courses.lesson_added": _("コマを追加"),
    "courses.lesson_changed": _("コマの内容を変更"),
    "courses.lesson_moved": _("コマの日時・教室を変更"),
    "courses.lesson_removed": _("コマを削除"),
    "courses.requested": _("受講を希望"),
    "courses.enrolled": _("受講を申込み"),
    "courses.approved": _("受講の希望を承認"),
    "courses.declined": _("受講の希望を見送り"),
    "courses.enrolment_cancelled": _("受講を取消"),
    "courses.promoted": _("キャンセル待ちから繰上げ"),
    "courses.marked": _("出席を記録"),
    "courses.corrected": _("出席記録を訂正"),
}
