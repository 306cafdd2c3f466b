"""The requirements only the firm can state: those every training asks, and those one scheme alone asks or words its own way."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from grants.rules import CAUSES


@dataclass(frozen=True)
class Declared:
    """One requirement only the firm can state, put so that 「はい」 meets it; `cause` is the refusal it keeps out.

    `when_no` is what a 「いいえ」 does to the claim. `at_plan` is asked before the plan, the others once the training was
    held; `lasts` must still be so on the day of the claim, so that its answer of before the training's end is asked again.
    `is_reckoned` where the amounts already know what a 「いいえ」 costs, so that it does not stop the rest.
    `rule` is the place in the scheme's own rules where it stands apart from its cause.
    """

    code: str
    label: object
    help: object
    cause: str
    when_no: object
    at_plan: bool = True
    lasts: bool = False
    is_reckoned: bool = False
    after_days: int = 0
    rule: str = ""

    @property
    def source(self) -> str:
        return CAUSES[self.cause].source


DECLARED = (
    Declared(
        "promoter",
        _("職業能力開発推進者を選任している"),
        _("社内で人材育成を担当する人です。小さな会社では社長や工場長が兼ねてかまいません。"),
        "plans_made_known",
        _("職業能力開発推進者の選任がないため、支給の要件を満たしません。選任してから「はい」と答え直してください。"),
    ),
    Declared(
        "training_policy",
        _("事業内職業能力開発計画をつくり、訓練の計画とあわせて従業員に知らせている"),
        _("従業員の代表などの意見を聴いてつくり、掲示や配布で知らせます。"),
        "plans_made_known",
        _("事業内職業能力開発計画の作成と周知がないため、支給の要件を満たしません。"),
    ),
    Declared(
        "ordered_as_work",
        _("受講を業務として命じている"),
        _("本人の希望だけの受講や、年次有給休暇を使った受講は対象になりません。"),
        "wages_paid",
        _("業務として命じていない受講は対象になりません。"),
    ),
    Declared(
        "job_training",
        _("訓練の内容は受講者の職務に必要な専門のものである"),
        _("一般的なマナー、趣味、法令で事業主に義務づけられた教育、自社製品の説明は対象になりません。"),
        "content_supported",
        _("職務に必要な専門の訓練でないため、対象になりません。"),
    ),
    Declared(
        "provider_public",
        _("連携校がこの講座の案内を公開している"),
        _("講座の内容と受講料を、だれでも見られるページなどで公開していることを確かめてください。"),
        "provider_ready",
        _("講座の案内が公開されていないため、教育訓練機関の要件を満たしません。"),
    ),
    Declared(
        "no_rebate",
        _("連携校や紹介者から返金・協力金・割引などを受けない"),
        _("後から受け取る「実質無料」の提案も含みます。受けると経費助成はありません。"),
        "no_rebate",
        _("返金・協力金・割引などを受けた費用には経費助成がありません。"),
        lasts=True,
        is_reckoned=True,
    ),
    Declared(
        "premiums_paid",
        _("労働保険料の滞納がない"),
        _("未納がある場合は、支給申請の前に納めてください。"),
        "firm_in_good_standing",
        _("労働保険料を滞納している事業主には支給されません。納めてから「はい」と答え直してください。"),
        lasts=True,
    ),
    Declared(
        "no_dismissal",
        _("会社の都合で従業員を解雇していない"),
        _(
            "計画届の前の一定の期間から支給申請日までを見ます。このコースの要領に明文はなく、該当するときは労働局に確かめてください。"
        ),
        "nobody_dismissed",
        _(
            "対象期間に会社の都合の解雇があると支給されないことがあります。労働局に確かめるまで、支給申請額は0円とします。"
        ),
        lasts=True,
    ),
    Declared(
        "no_violation",
        _("労働関係法令の違反による送検や、助成金の不支給措置を受けていない"),
        _("最近の送検、不正受給による不支給措置、暴力団との関係などがないことです。"),
        "firm_in_good_standing",
        _("送検や不支給措置を受けている事業主には支給されません。"),
        lasts=True,
    ),
    Declared(
        "not_granted_elsewhere",
        _("同じ訓練の費用や賃金について、ほかの助成を受けない"),
        _("都や区の助成金も含みます。受ける予定があれば様式第4-2号の欄9に書きます。"),
        "firm_in_good_standing",
        _(
            "同じ費用や賃金にほかの助成を受けると支給されないことがあります。どの費用が重なるかを労働局に確かめるまで、支給申請額は0円とします。"
        ),
        lasts=True,
    ),
    Declared(
        "first_this_year",
        _("この年度に、Takumiの外でこの助成金を申請していない"),
        _("1人あたりの回数と1事業所の限度額は年度で数えます。Takumiで申請した分は自動で数えます。"),
        "firm_in_good_standing",
        _("「Takumiの外の受給」に入力した額と回数を、年度の限度に数えます。入力がない間は限度を計算できません。"),
        lasts=True,
        is_reckoned=True,
    ),
    Declared(
        "not_in_trial",
        _("受講者の中に、トライアル雇用助成金の対象期間中の人がいない"),
        _("いる場合、その期間の賃金助成はありません。"),
        "trainees_agree",
        _("トライアル雇用の支給対象期間の賃金助成はありません。"),
        is_reckoned=True,
    ),
    Declared(
        "wages_paid",
        _("訓練時間中の賃金を、割増分を含めて支払った"),
        _("賃金台帳と出勤簿で確かめます。支払われていないと全体が不支給になります。"),
        "wages_paid",
        _("訓練時間中の賃金が支払われていないと、全体が不支給になります。"),
        at_plan=False,
        after_days=1,
    ),
    Declared(
        "officers_listed",
        _("支給要件確認申立書の役員等一覧を用意した"),
        _("添付がないと不支給の理由になります。"),
        "firm_in_good_standing",
        _("役員等一覧がないと支給されません。用意してから「はい」と答え直してください。"),
        at_plan=False,
    ),
    Declared(
        "reports_signed",
        _("報告書（様式第8-1号。eラーニングは第8-3号、通信制は第8-4号）に受講者本人が自筆で署名した"),
        _("打ち直しや代筆は認められません。原本を保存してください。"),
        "records_original",
        _("受講者本人の署名がない報告書では支給されません。"),
        at_plan=False,
    ),
    Declared(
        "provider_consented",
        _("連携校から承諾書（様式第12号）を受け取った"),
        _("連携校に依頼して、支給申請に添付します。"),
        "provider_ready",
        _("連携校の承諾書がないと支給されません。受け取ってから「はい」と答え直してください。"),
        at_plan=False,
    ),
)
# Asked instead where the college keeps no units here, so that no record of the learning stands in Takumi.
LOG_RECEIVED = Declared(
    "log_received",
    _("学習の記録（LMS）か、添削した課題の写しを連携校から受け取った"),
    _("この講座の学習の記録はTakumiにありません。支給申請に添付します。"),
    "records_original",
    _("学習の記録がないと、期間内に修了したことを示せないため支給されません。"),
    at_plan=False,
)
# What one scheme asks in other words than the rest, or alone.
OWN: dict[str, tuple[Declared, ...]] = {
    "hrd_support": (
        Declared(
            "no_dismissal",
            _("会社の都合で従業員を解雇していない"),
            _("計画届の前の一定の期間から支給申請日まで、この事業所に会社の都合の解雇や退職勧奨がないことです。"),
            "nobody_dismissed",
            _("対象期間に会社の都合の解雇などがある事業所には支給されません。"),
            lasts=True,
        ),
        Declared(
            "not_granted_elsewhere",
            _("同じ訓練の費用や賃金について、ほかの助成を受けない"),
            _("都や区の助成金も含みます。受ける予定があれば、支給申請書の他の助成金の欄に名前を書きます。"),
            "firm_in_good_standing",
            _(
                "同じ費用や賃金にほかの助成を受けると支給されないことがあります。どの費用が重なるかを労働局に確かめるまで、支給申請額は0円とします。"
            ),
            lasts=True,
        ),
        Declared(
            "leavers_within_limit",
            _("倒産や解雇などで離職した人（特定受給資格離職者）の割合が上限を超えない"),
            _("支給申請日のこの事業所の被保険者の人数と比べます。ハローワークの窓口で確かめられます。"),
            "nobody_dismissed",
            _("特定受給資格離職者の割合が上限を超える事業所には支給されません。"),
            lasts=True,
            rule="leavers",
        ),
        Declared(
            "consulting_promised",
            _("定期的なキャリアコンサルティングの機会を、時期を決めて就業規則などに定めている"),
            _("「何年ごと」「毎年何月」のように時期が分かること。社内の人事担当者が行ってもかまいません。"),
            "plans_made_known",
            _("定期的なキャリアコンサルティングの定めがないため、支給の要件を満たしません。"),
            rule="consulting",
        ),
        Declared(
            "no_close_ties",
            _("連携校や講師は、会社の役員・従業員・その親族・親子会社などではない"),
            _("前に役員や従業員だった人や、その人が代表の会社も含みます。様式第1-1号に書きます。"),
            "provider_ready",
            _(
                "密接な関係のある相手に払った費用は対象になりません。どの費用が当たるかを労働局に確かめるまで、支給申請額は0円とします。"
            ),
            rule="ties",
        ),
    ),
}
BY_CODE = {one.code: one for one in (*(own for rows in OWN.values() for own in rows), *DECLARED, LOG_RECEIVED)}


def questions_of(scheme: str) -> tuple[Declared, ...]:
    own = {one.code: one for one in OWN.get(scheme, ())}
    asked = tuple(own.pop(one.code, one) for one in DECLARED)
    return (*asked, *own.values())
