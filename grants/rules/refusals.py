"""The 21 causes for which claims are refused, each as a named check with its guard."""

from collections.abc import Mapping
from dataclasses import dataclass

from firms.rules.reading import FactError
from grants.rules import guards
from grants.rules.editions import Schemes
from grants.rules.guards import Guard
from grants.rules.loading import current_schemes
from grants.rules.outcome import Condition
from grants.rules.requirements import tri_state

UNKNOWN = "まだ確認されていません（見るもの: {}）。"
KEPT_OUT = "確認済みです（見たもの: {}）。"


@dataclass(frozen=True, slots=True)
class Cause:
    """`reads_when_unmet` is what the person is told; `known_when` the earliest moment it can be known."""

    number: int
    code: str
    label: str
    looks_at: str
    known_when: str
    reads_when_unmet: str
    source: str
    guard: Guard

    @property
    def needs(self) -> tuple[str, ...]:
        return getattr(self.guard, "needs", ())


ROWS = (
    ("plan_in_window", "計画届が受付期間内に届いている", "訓練開始日と計画届の到達日", "計画届の提出時",
     "計画届が受付期間の外に届いているため、この訓練は支給されません。訓練開始日を見直してください。",
     "リスキリング支給要領R7.4.1 0502; 人材育成支給要領R7.4.1 06032"),
    ("changes_notified", "計画の変更を期限までに届け出ている", "計画と実施の差異、変更届の提出日", "変更のたび",
     "変更届が出ていないか期限を過ぎた変更があります。その時間は受講時間に数えられません。",
     "リスキリング支給要領R7.4.1 06; 人材育成支給要領R7.4.1 0604; 様式第8-1号 裏面"),
    ("nothing_before_start", "計画の初日より前に受講の記録がない", "学習ログ・出席記録の日付", "記録が生じたとき",
     "計画の初日より前に受講した記録があります。支給申請の全体が不支給になるおそれがあります。",
     "不支給の実例（社会保険労務士事務所）; リスキリング支給要領R7.4.1 0502; 人材育成支給要領R7.4.1 06032"),
    ("attendance_reached", "受講時間数の割合が足りている", "計画・受講・やむを得ない欠席の分数", "訓練の実施中から",
     "受講時間数の割合（1%未満切捨て）が足りないため、この人は支給対象者になりません。",
     "様式第8-1号; リスキリング支給要領R7.4.1 0302; 人材育成支給要領R7.4.1 06025"),
    ("online_completed", "eラーニング・通信制を期間内に修了し、修了証がある", "修了日と修了証", "訓練期間の終わり",
     "訓練期間内に修了していない人がいるか、修了証がありません。",
     "リスキリング支給要領R7.4.1 0407; 人材育成支給要領R7.4.1 06025"),
    ("paid_before_claim", "支給申請までに費用の全額を支払っている", "支払日・未払額・証拠書類の日付", "支給申請の前",
     "支給申請日までに支払われていない費用があるか、証拠書類の日付が申請日より後です。",
     "リスキリング支給要領R7.4.1 0401・0805; 人材育成支給要領R7.4.1 06021"),
    ("no_rebate", "教育訓練機関等からの返金・割引等がない", "契約書と事業主の申告", "計画届の前と支給申請の前",
     "教育訓練機関やその関係者から返金・協力金・割引等を受けた費用は助成の対象になりません。",
     "リスキリング支給要領R7.4.1 0401ト; 人材育成支給要領R7.4.1 06021; 人材育成Q&A Q23-26"),
    ("firm_bore_all", "事業主が費用の全額を負担している", "請求ごとの支払者", "支払のたび",
     "事業主以外が費用を負担しています。労働者の負担があれば経費助成も賃金助成も受けられません。",
     "リスキリング支給要領R7.4.1 0401; 人材育成支給要領R7.4.1 06021; 人材育成Q&A Q4"),
    ("wages_paid", "訓練時間の賃金（割増を含む）を払い、休暇日に訓練していない", "賃金台帳・出勤簿・休暇の日と訓練日",
     "賃金の支払日のあと", "訓練時間の賃金に未払いがあるか、年次有給休暇の日に訓練しています。",
     "リスキリング支給要領R7.4.1 0305; 人材育成支給要領R7.4.1 06011; 人材育成Q&A Q14"),
    ("claim_in_window", "支給申請が期間内に届いている", "起算日と支給申請の到達日", "支給申請の提出時",
     "支給申請が期間の外に届いているため、受け付けられません。", "雇用関係助成金共通要領R8.4.8 0401"),
    ("nobody_dismissed", "解雇等がなく、特定受給資格離職者の割合が上限以内", "喪失原因、離職者数、被保険者数",
     "計画届の前から支給申請まで", "対象期間に解雇等があるか、特定受給資格離職者の割合が上限を超えています。",
     "リスキリング支給要領R7.4.1 0301に記載がないため労働局に確認; 人材育成支給要領R7.4.1 06011"),
    ("trainees_agree", "対象者が計画・申請・被保険者の間で一致している", "様式第3-1号の名簿、申請の名簿、被保険者の期間",
     "支給申請の前", "計画の名簿にない人、または被保険者でない人が申請に含まれています。",
     "リスキリング支給要領R7.4.1 0803; 人材育成支給要領R7.4.1 0606"),
    ("content_supported", "訓練の内容が対象になる", "内容の点検表と職務とのつながり", "計画届の前",
     "一般的な内容・趣味・法定の講習など対象外の内容が含まれるか、具体的な職務とのつながりが示されていません。",
     "リスキリング支給要領R7.4.1 0305 表1・表2; 人材育成支給要領R7.4.1 06015; 2026年8月3日版の解説"),
    ("provider_ready", "教育訓練機関の準備が整っている", "公開ページ、様式第12号の承諾、価格の疎明書", "計画届の前",
     "講座のページが公開されていないか、教育訓練機関の承諾書・価格の疎明書がそろっていません。",
     "リスキリング支給要領R7.4.1 0303; 人材育成支給要領R7.4.1 06013; 人への投資Q&A R6.10 Q26; 様式第12号; 様式第28号"),
    ("records_original", "記録が原本どおりで矛盾なく、本人が署名している", "原本の記録、署名、記録どうしの一致",
     "記録が生じたとき", "記録が食い違うか、書き直されているか、本人の署名がありません。",
     "リスキリング支給要領R7.4.1 0501・0704; 人材育成支給要領R7.4.1 0606; 人への投資Q&A R6.10 Q63"),
    ("plans_made_known", "職業能力開発推進者を選び、計画を定めて周知している", "推進者の選任、事業内計画、周知の記録",
     "計画届の前", "職業能力開発推進者の選任、事業内職業能力開発計画の策定または周知ができていません。",
     "様式第11号(13)-(15); リスキリング支給要領R7.4.1 0301; 人材育成支給要領R7.4.1 06011"),
    ("firm_in_good_standing", "労働保険料の滞納・送検・虚偽がない", "支給要件確認申立書の申告", "支給申請の前",
     "労働保険料の滞納、送検、虚偽の記載など、どの助成金も受けられない事由に当たります。",
     "雇用関係助成金共通要領R8.4.8 0302"),
    ("subscription_intact", "定額制の契約が続き、対象講座と利用者の範囲に収まっている", "契約、講座の一覧、利用者の一覧",
     "契約の期間中", "契約が途中で解約されたか、対象外の講座の割合が大きすぎるか、一覧にない利用者がいます。",
     "リスキリング支給要領R7.4.1 0303; 人への投資支給要領R7.4.1 06013ホ; 人への投資Q&A R6.10 Q28; 様式第3-2号"),
    ("exam_in_time", "資格試験を期限内に受けている", "訓練終了日と受験日", "受験日が決まったとき",
     "受験日が訓練終了日の翌日から数えた期限より後のため、試験料は助成の対象になりません。",
     "リスキリング支給要領R7.4.1 0401ハ; 人材育成支給要領R7.4.1 06021"),
    ("careerup_sound", "正社員化: 計画・制度の期間・増額率・申請期間がそろっている",
     "計画期間、就業規則の施行日、6か月の賃金、申請日", "転換の前から支給申請まで",
     "計画期間・制度の適用期間・賃金の増額率・申請期間のいずれかが正社員化コースの要件を満たしません。",
     "キャリアアップ助成金Q&A R8.4.8"),
    ("trial_sound", "トライアル雇用: 紹介・実施計画書・申請期間がそろっている", "紹介の記録、雇入れ日、計画書と申請の提出日",
     "雇入れのとき", "ハローワーク等の紹介がないか、実施計画書または支給申請が期限を過ぎています。",
     "トライアル雇用助成金リーフレット"),
)  # fmt: skip
CAUSES = {row[0]: Cause(n, *row, getattr(guards, row[0])) for n, row in enumerate(ROWS, 1)}


def check(
    code: str,
    told: bool | Mapping[str, object] | None,
    *,
    subject: str = "",
    scheme: str = "",
    schemes: Schemes | None = None,
) -> Condition:
    """`scheme` is whose text is quoted.

    `told` is a declared answer (True: kept out), the facts the guard needs, or None where nobody knows."""
    cause = CAUSES.get(code)
    if cause is None:
        raise FactError(f"不支給の要因「{code}」はありません。{'・'.join(CAUSES)} のいずれかで指定してください。")
    known = schemes or current_schemes()
    holds = cause.guard(told, known) if isinstance(told, Mapping) else told
    source = known.quoted(cause.source, scheme) if scheme else cause.source
    state = tri_state(holds)
    because = cause.reads_when_unmet if holds is False else (KEPT_OUT if holds else UNKNOWN).format(cause.looks_at)
    return Condition(code, cause.label, state, because, source, subject)
