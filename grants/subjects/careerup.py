"""What only the firm can state of a conversion, put so that 「はい」 meets it; each period asks its own."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from grants.subjects.asked import Asked

RULES = "キャリアアップ助成金支給要領R8.4.8"
SCHEME, MENU = "careerup", "conversion"
BOTH = (1, 2)


@dataclass(frozen=True)
class AskedOfConversion(Asked):
    """`not_of` is an origin it is not asked of."""

    periods: tuple[int, ...] = (1,)
    not_of: str = ""


QUESTIONS = (
    AskedOfConversion(
        "rule_written",
        _("転換（派遣からは直接雇用）の制度を就業規則などに定め、その制度で転換した"),
        _("手続き・要件・時期が書かれ、転換の前から周知していること。年齢や勤続年数の上限があると対象になりません。"),
        _("制度が就業規則などにない転換は対象になりません。"),
        f"{RULES} 1002イ(ｲ)・ロ(ｲ)",
    ),
    AskedOfConversion(
        "different_rules",
        _("転換の前6か月以上、賃金などが正社員と違う就業規則などを適用していた"),
        _("固定残業代だけの違いや、違いの書かれていない規則では認められません。"),
        _("正社員と同じ規則が適用されていた人は対象になりません。"),
        f"{RULES} 1003イ(ｲ)",
        not_of="dispatched",
    ),
    AskedOfConversion(
        "regular_terms",
        _("転換後の人に、賞与か退職金と、昇給が、就業規則などの定めで適用される"),
        _("年1回以上の基本給の昇給が予定されていることが原則です。"),
        _("賞与か退職金と昇給のない雇用は、正社員と認められません。"),
        "キャリアアップ助成金Q&A R8.4.8 Q①-1 1",
    ),
    AskedOfConversion(
        "insured",
        _("雇用保険と社会保険の被保険者である"),
        _("社会保険の適用されない事業所では、正社員と同じ労働条件であることです。"),
        _("被保険者でない人は対象になりません。"),
        f"{RULES} 1002イ・1003",
        periods=BOTH,
    ),
    AskedOfConversion(
        "not_promised",
        _("正社員として雇うことを約束して雇い入れた人でない"),
        _("正社員の求人に応募した人は、有期などで雇い入れたときに正社員にする約束がなかったことを確かめます。"),
        _("正社員にする約束で雇い入れた人は対象になりません。"),
        f"{RULES} 1003ロ",
    ),
    AskedOfConversion(
        "not_before",
        _("転換の前3年以内に、この会社や関係する会社の正社員・役員・請負・委任でなかった"),
        _("親会社や子会社なども含みます。"),
        _("3年以内に正社員などだった人は対象になりません。"),
        f"{RULES} 1003ハ",
    ),
    AskedOfConversion(
        "not_related",
        _("事業主や役員の三親等以内の親族でない"),
        _("転換の6か月前から支給申請の日までを見ます。"),
        _("三親等以内の親族は対象になりません。"),
        f"{RULES} 1003ニ; 同Q&A Q8",
    ),
    AskedOfConversion(
        "not_graduate",
        _("新規学卒者で雇入れから1年以内の人でない"),
        _("卒業の前に雇い入れた人は、卒業の日から1年で数えます。"),
        _("雇入れから1年以内の新規学卒者は対象になりません。"),
        f"{RULES} 1003※6; 同Q&A Q2・Q4",
    ),
    AskedOfConversion(
        "not_retiring",
        _("転換の日から定年まで1年以上あり、この会社などで定年を迎えた人でない"),
        _("就労継続支援A型の利用者も対象になりません。"),
        _("定年まで1年に満たない人などは対象になりません。"),
        f"{RULES} 1003ホ・チ・リ",
    ),
    AskedOfConversion(
        "stays",
        _("支給申請の日に在籍していて、有期や無期の雇用に戻す予定がない"),
        _("本人の希望、天災、本人の責任による離職のときは「はい」と答え、補足に理由を書きます。"),
        _("離職した人、有期などに戻す人は対象になりません。"),
        f"{RULES} 1003ヘ・ト",
        periods=BOTH,
    ),
    AskedOfConversion(
        "no_dismissal",
        _("会社の都合で従業員を解雇していない"),
        _("転換の前日の6か月前から1年間を、この事業所について見ます。"),
        _("この間に会社の都合の解雇などがある事業所には支給されません。"),
        f"{RULES} 1002イ(ﾍ)",
        periods=BOTH,
    ),
    AskedOfConversion(
        "leavers_within_limit",
        _("倒産や解雇などで離職した人（特定受給資格離職者）の割合が上限を超えない"),
        _("転換の日のこの事業所の被保険者の人数と比べます。3人以下のときは問われません。"),
        _("割合が上限を超える事業所には支給されません。"),
        f"{RULES} 1002イ(ﾄ)",
        periods=BOTH,
    ),
    AskedOfConversion(
        "overtime_apart",
        _("固定残業代がないか、あっても減らしていない（減らしたときは、含めても除いても増額の要件を満たす）"),
        _("通勤・住宅・食事の手当、賞与、歩合、残業代は比べる賃金に入れません。"),
        _("固定残業代を減らして基本給を上げただけの転換は、増額と認められません。"),
        f"{RULES} 1002イ(ﾎ)※3; 同Q&A Q3",
    ),
    AskedOfConversion(
        "ledgers_ready",
        _("賃金を残業代まで適切に支払い、賃金台帳と出勤簿の写しをそろえた"),
        _("台帳を打ち直したものは認められません。台帳に日数と時間があれば出勤簿はいりません。"),
        _("賃金の不足があるとき、賃金台帳などがないときは支給されません。"),
        f"{RULES} 1007",
        periods=BOTH,
    ),
    AskedOfConversion(
        "only_this_grant",
        _("同じ人の同じ転換について、トライアル雇用助成金などほかの助成を受けない"),
        _("一般トライアルコースとは要件が両立しません。65歳超の無期転換も同じ人には受けられません。"),
        _("同じ人について両立しない助成を受けると支給されません。"),
        "共通要領R8.4.8 0304・別紙2; キャリアアップ助成金支給要領R8.4.8 0503ハ",
    ),
)
BY_CODE = {one.code: one for one in QUESTIONS}


def questions_of_period(period: int, origin: str) -> tuple[AskedOfConversion, ...]:
    return tuple(one for one in QUESTIONS if period in one.periods and (not one.not_of or one.not_of != origin))
