"""キャリアアップ助成金 正社員化コース: 様式第1号 of the plan, and 様式第3号 of a claim with what goes beside it.

Items and their numbers follow R8.4.8 (様式第3号 R8.4, 別添様式1-2 R7.4); what Takumi is not told is left to the pen."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, cast

from grants.models import Answer, Claim, Conversion, PlanVersion
from grants.papers.pieces import Context, Tick, day, foot, parties, ticks, yes_no
from grants.papers.specs import FormSpec
from grants.papers.stated_context import STANDING, director, said
from grants.rules import current_schemes
from grants.shapes import PartiesFacts
from grants.shapes.careerup import CareerUpPlanFrozen, ConversionClaimFacts
from grants.subjects.careerup import MENU, SCHEME

BOXES = "grants/papers/careerup_boxes.html"
ORIGINS = {"fixed_term": "1 有期→正規", "indefinite": "2 無期→正規", "dispatched": "派遣→正規（直接雇用）"}
FORMS = {"regular": "正社員", "place": "勤務地限定", "job": "職務限定", "short": "短時間"}
HEARD = {"meeting": "ア 説明会など", "writing": "イ 書面", "other": "ウ その他"}
MEASURES = {
    "1": "正社員化",
    "2": "障害者正社員化",
    "3": "賃金規定等改定",
    "4": "賃金規定等共通化",
    "5": "賞与・退職金制度導入",
    "6": "短時間労働者労働時間延長",
}
PERIOD_CODES = {
    (1, False): "1 第1期（重点支援対象者以外）",
    (1, True): "2 第1期（重点支援対象者）",
    (2, True): "3 第2期（重点支援対象者）",
}


def row(no: str, label: str, text: object = "", *, on: str | None = None, boxes: Iterable[Tick] = ()) -> Context:
    """One numbered box: its words, its day, its ticks; empty ones are for the pen."""
    return {"no": no, "label": label, "text": text, "day": day(on), "ticks": list(boxes)}


def part(title: str, *rows: Context) -> Context:
    return {"title": title, "rows": list(rows)}


def headed(facts: PartiesFacts, foot_line: str) -> Context:
    scheme = current_schemes().by_name[SCHEME]
    grant, _space, _course = scheme.title.partition(" ")
    return {
        **parties(facts),
        "scheme": {"grant": grant, "label": scheme.menus[MENU] + "コース"},
        "foot": foot_line,
        "filed_on": None,
    }


# --- 様式第1号 ---


KINDS: tuple[tuple[Literal["for_fixed_term", "for_indefinite", "for_dispatched"], str], ...] = (
    ("for_fixed_term", "有期雇用労働者"),
    ("for_indefinite", "無期雇用労働者"),
    ("for_dispatched", "派遣労働者"),
)


def careerup_plan_form(plan: PlanVersion) -> Context:
    facts = plan.careerup
    told = facts["careerup_plan"]
    return {
        **headed(facts, foot("計画書", plan.number, plan.digest, "R8.4.8")),
        "shows_parties": True,
        "parts": [
            part("表紙", *cover_rows(facts)),
            part("共通事項", *common_rows(facts)),
            part(
                "計画（共通）",
                row("①", "計画期間の初日", on=told["starts_on"]),
                row("", "計画期間の最終日", on=told["ends_on"]),
                row("②", "講ずる措置", boxes=ticks(MEASURES, "1")),
                row("", "講ずる予定の年月", f"{told['month'][:4]}年{int(told['month'][5:7])}月"),
            ),
            part(
                "計画その1（正社員化コース）",
                row("③", "対象者", boxes=[Tick(label, told[name]) for name, label in KINDS]),
                row("④", "目標", f"転換・直接雇用する人数　{told['people']}人"),
                row("⑤", "前の状況と、目標を達成するための措置"),
            ),
        ],
        "notes": [PLAN_NOTE],
    }


PLAN_NOTE = "※ 計画期間は届出の日の翌日以後に始まり、3年以上5年以内です。この計画書は、転換の前日までに労働局に届いている必要があります。"


def cover_rows(facts: CareerUpPlanFrozen) -> list[Context]:
    told, firm = facts["careerup_plan"], facts["firm"]
    return [
        row("", "事業所名", facts["establishment"]["name"]),
        row("", "使用者側代表者名", f"{firm['representative_title']}　{firm['representative_name']}"),
        row("", "労働者代表者名", told["worker_name"]),
        row("", "労働者の意見を聴いた方法", boxes=ticks(HEARD, told["heard"])),
    ]


def common_rows(facts: CareerUpPlanFrozen) -> list[Context]:
    told, firm, place = facts["careerup_plan"], facts["firm"], facts["establishment"]
    agent, contact = facts["agent"], facts["contact"]
    return [
        row("①", "事業主名", firm["name"]),
        row("②", "事業所の所在地", place["address"]),
        row("③", "電話番号", place["phone"]),
        row("④", "担当者", contact["name"] if contact else ""),
        row("⑤", "雇用保険適用事業所番号", place["insurance_number"]),
        row("⑥", "労働保険番号"),
        row("⑦", "主たる事業", firm["main_business"]),
        row("⑧", "企業規模", sized(firm["regular_employees"]), boxes=sizes(firm["sme"])),
        row("⑨", "代理・代行", agent["capacity_label"] if agent else "なし"),
        row("⑩", "代理人等の氏名", f"{agent['office']}　{agent['advisor']}" if agent else "―"),
        row("⑪", "代理人等の所在地", agent["address"] if agent else "―"),
        row("⑫", "代理人等の電話番号", agent["phone"] if agent else "―"),
        row("⑬", "キャリアアップ管理者", told["manager_name"]),
        row("", "配置日", on=told["manager_since"]),
        row("", "役員か", boxes=yes_no(told["is_officer"], yes="役員である", no="役員でない")),
    ]


def sized(employees: int | None) -> str:
    return "" if employees is None else f"常時雇用する労働者　{employees}人"


def sizes(sme: bool | None) -> list[Tick]:
    return yes_no(sme, yes="中小企業事業主", no="大企業事業主")


# --- the claim ---


def claim_headed(claim: Claim) -> Context:
    facts = claim.converted
    return headed(facts, foot("支給申請", claim.number, claim.digest, "R8.4.8"))


def claim_form(claim: Claim) -> Context:
    """様式第3号"""
    facts = claim.converted
    firm, place, contact = facts["firm"], facts["establishment"], facts["contact"]
    others = {"yes": False, "no": True}.get(facts["answers"].get("only_this_grant", ""))
    return {
        **claim_headed(claim),
        "shows_parties": True,
        "parts": [
            part(
                "",
                row("①", "雇用保険適用事業所番号", place["insurance_number"]),
                row("②", "労働保険番号"),
                row("③", "キャリアアップ計画書の受理番号", facts["careerup_plan"]["receipt_number"]),
                row(
                    "④", "担当者", f"{contact['department']}　{contact['name']}　{contact['phone']}" if contact else ""
                ),
                row("⑤", "企業の名称", firm["name"]),
                row("⑥", "主たる事業", firm["main_business"]),
                row("⑦", "企業の規模", boxes=sizes(firm["sme"])),
                row(
                    "⑧",
                    "資本の額または出資の総額",
                    f"{firm['capital_yen'] // 10_000:,}万円" if firm["capital_yen"] else "",
                ),
                row("⑨", "常時雇用する労働者の数", sized(firm["regular_employees"])),
                row("⑩", "申請するコース", boxes=ticks(MEASURES, "1")),
                row("⑪", "他の公的助成", boxes=yes_no(others)),
                row("", "支給申請額", f"{claim.total_yen:,}円"),
            )
        ],
        "notes": [
            "※ 原本を、支給決定日の翌日から5年、最後の支給の年度の翌年度の初日から5年の遅い方まで保存してください。"
        ],
    }


def breakdown(claim: Claim) -> Context:
    """別添様式1-1"""
    facts = claim.converted
    told, period = facts["converted"], facts["period"]
    key = (period["period"], told["is_prior"])
    reasons = {
        "3年以上": told["priority"] in ("", "none") and told["is_prior"] and told["origin"] == "fixed_term",
        "不安定": told["priority"] == "unstable",
        "母等": told["priority"] == "parent",
        "人材開発": told["priority"] == "trained",
        "派遣": told["origin"] == "dispatched",
    }
    return {
        **claim_headed(claim),
        "shows_parties": False,
        "parts": [
            part(
                "転換などの制度",
                row("①", "制度を規定した日・種類・周知の方法"),
                row(
                    "②",
                    "異なる就業規則の適用日・項目",
                    "対象外（派遣からの直接雇用）" if told["origin"] == "dispatched" else "",
                ),
                row(
                    "③",
                    "多様な正社員の種類",
                    boxes=ticks({k: FORMS[k] for k in ("place", "job", "short")}, told["form"]),
                ),
                row("④", "多様な正社員の規定日・種類", "" if told["form"] != "regular" else "対象外"),
            ),
            part(
                "⑤ 対象労働者（1人目）",
                row("", "氏名", told["name"]),
                row("", "重点支援対象者の区分", boxes=[Tick(label, is_so) for label, is_so in reasons.items()]),
                row("", "措置", boxes=ticks(ORIGINS, told["origin"])),
                row("", "期", PERIOD_CODES.get(key, "")),
            ),
            part("⑥ 支給申請額", *amounts(claim)),
        ],
        "notes": ["※ ①と②の日付・種類は、就業規則や労働協約を見て書き入れてください。"],
    }


def amounts(claim: Claim) -> list[Context]:
    lines = cast(list[Mapping[str, object]], claim.outcome["lines"])
    return [
        *(row("", str(one["label"]), f"{one['because']}　{one['amount']:,}円") for one in lines),
        row("", "合計", f"{claim.total_yen:,}円"),
    ]


def worker_form(claim: Claim) -> Context:
    """別添様式1-2, of the first or the second period."""
    facts = claim.converted
    rows = first_period(facts) if facts["period"]["period"] == 1 else second_period(facts)
    return {**claim_headed(claim), "shows_parties": False, "parts": [part("1人目", *rows)], "notes": [SIGNED]}


SIGNED = "※ 最後の欄は、対象労働者本人が内容を確かめて署名します。"
CONFIRMED = "対象労働者の確認（本人の署名）"


def who(facts: ConversionClaimFacts) -> list[Context]:
    told = facts["converted"]
    return [
        row("①", "氏名", told["name"]),
        row("②", "生年月日（転換時の年齢）"),
        row("③", "雇用保険被保険者番号", told["insured_number"]),
        row("④", "転換日または直接雇用日", on=told["converted_on"]),
    ]


def is_met(facts: ConversionClaimFacts, code: str) -> bool | None:
    return {Answer.Value.YES: True, Answer.Value.NO: False}.get(Answer.Value(facts["answers"].get(code, "unknown")))


def turned(value: bool | None) -> bool | None:
    return None if value is None else not value


def said_so(value: bool | None) -> list[Tick]:
    return yes_no(value, yes="はい", no="いいえ")


def first_period(facts: ConversionClaimFacts) -> list[Context]:
    told, period = facts["converted"], facts["period"]
    years = float(told["years"])
    before = turned(is_met(facts, "not_before"))
    return [
        *who(facts),
        row("⑤", "6か月分の賃金の支給日", on=period["paid_on"]),
        row("⑥", "転換後に派遣労働者として働くか", boxes=said_so(None)),
        row("⑦", "有期雇用の期間", f"{told['years']}年", boxes=beyond(told["origin"], years)),
        row("⑧", "過去3年以内に無期雇用で6か月以上か", boxes=said_so(None)),
        row("⑨", "正規雇用を約していたか", boxes=said_so(turned(is_met(facts, "not_promised")))),
        row("⑩", "重点支援対象者の有期雇用の期間", f"{told['years']}年"),
        row(
            "⑪",
            "不安定な雇用（別添様式1-5）",
            boxes=yes_no(told["priority"] == "unstable", yes="該当", no="該当しない"),
        ),
        row("⑫", "雇用区分の変更", boxes=ticks(ORIGINS, told["origin"])),
        row("⑬", "過去3年以内に正規雇用・役員・請負だったか", boxes=said_so(before)),
        row("⑭", "3親等以内の親族か", boxes=said_so(turned(is_met(facts, "not_related")))),
        row("⑮", "就労継続支援A型の利用者か", boxes=said_so(None)),
        row("⑯", "定年まで1年以上あるか", boxes=said_so(is_met(facts, "not_retiring"))),
        row("⑰", "賃金が適切に支払われているか", boxes=said_so(is_met(facts, "ledgers_ready"))),
        row("⑱", "新規学卒者で雇入れから1年未満か", boxes=said_so(turned(is_met(facts, "not_graduate")))),
        row("⑲", "昼間学生であった期間"),
        row("⑳", "有期・無期への転換の予定があるか", boxes=said_so(turned(is_met(facts, "stays")))),
        row("㉑", CONFIRMED),
        *pay_rows(facts),
    ]


def beyond(origin: str, years: float) -> list[Tick]:
    if origin != Conversion.Origin.FIXED_TERM:
        return yes_no(None, yes="5年以下", no="5年超")
    return yes_no(
        years <= current_schemes().latest(SCHEME, "indefinite_after_years", date.max).whole, yes="5年以下", no="5年超"
    )


def second_period(facts: ConversionClaimFacts) -> list[Context]:
    return [
        *who(facts),
        row("⑤", "第1期の支給申請", "様式第3号（第1期）のとおり"),
        row("⑥", "12か月分の賃金の支給日", on=facts["period"]["paid_on"]),
        row("⑦", "派遣労働者として働くか", boxes=said_so(None)),
        row("⑧", "第1期より賃金を引き下げたか", boxes=said_so(False)),
        row("⑨", "賃金の規定を変更したか", boxes=said_so(None)),
        row("⑩", "賃金が適切に支払われているか", boxes=said_so(is_met(facts, "ledgers_ready"))),
        row("⑪", "有期・無期への転換の予定があるか", boxes=said_so(turned(is_met(facts, "stays")))),
        row("⑫", CONFIRMED),
        *pay_rows(facts),
    ]


def pay_rows(facts: ConversionClaimFacts) -> list[Context]:
    """Not boxes of the form: what the 3 per cent sheet is filled from, beside it."""
    period = facts["period"]
    before = "転換前6か月" if period["period"] == 1 else "第1期の6か月"
    return [
        row("参考", "対象の期間の初日", on=period["starts_on"]),
        row("参考", "対象の期間の最終日", on=period["ends_on"]),
        row("参考", f"{before}の賃金", f"{period['before_yen']:,}円（週{period['before_weekly']}時間）"),
        row("参考", "この期の6か月の賃金", f"{period['after_yen']:,}円（週{period['after_weekly']}時間）"),
        row("参考", "月ごとの勤務日数", "、".join(f"{days}日" for days in period["worked_days"])),
    ]


def houses_form(claim: Claim) -> Context:
    """様式第4号: every other establishment, of all prefectures."""
    facts = claim.converted
    rows = [row(str(n), one["name"], one["number"] or "（適用なし）") for n, one in enumerate(facts["houses"], start=1)]
    return {
        **claim_headed(claim),
        "shows_parties": True,
        "parts": [part(f"事業所（{len(rows)}か所）", *rows)],
        "notes": ["※ 申請事業所のほかの事業所を、すべての都道府県について書きます。"],
    }


def standing_form(claim: Claim) -> Context:
    """共通要領様式第1号 and its 別紙."""
    facts = claim.converted
    return {
        **claim_headed(claim),
        "statements": [{"no": no, "says": says} for no, says in STANDING.items()],
        **said(facts["standing"]),
        "directors": [director(one) for one in facts["directors"]],
    }


def careerup_forms_of_plan(plan: PlanVersion) -> tuple[FormSpec, ...]:
    says = "次のとおりキャリアアップ計画を作成したので届け出ます。"
    return (FormSpec("careerup-1", "キャリアアップ計画書", BOXES, lambda: careerup_plan_form(plan), says),)


def careerup_forms_of_claim(claim: Claim) -> tuple[FormSpec, ...]:
    says = "次のとおり助成金の支給を申請します。"
    facts = claim.converted
    person = facts["converted"]["name"]
    found = [
        FormSpec("careerup-3", "支給申請書", BOXES, lambda: claim_form(claim), says),
        FormSpec("careerup-3-1-1", "正社員化コース内訳", BOXES, lambda: breakdown(claim), says),
        FormSpec(
            "careerup-3-1-2", "正社員化コース対象労働者詳細", BOXES, lambda: worker_form(claim), says, person=person
        ),
    ]
    if facts["houses"]:
        found.append(FormSpec("careerup-4", "事業所確認票", BOXES, lambda: houses_form(claim), says))
    standing = "次のとおり申し立てます。"
    found.append(
        FormSpec(
            "common-1", "支給要件確認申立書", "grants/papers/standing.html", lambda: standing_form(claim), standing
        )
    )
    return tuple(found)
