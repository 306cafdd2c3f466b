"""定額制訓練: 様式第1-1号 and 第3-2号 of the plan; 第4-2号, 第6-3号 and 第8-5号 of the claim with the 申立書.

Items and numbers follow the forms of R8.3; what Takumi is not told is left to the pen."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import cast

from grants.models import Claim, PlanVersion
from grants.papers.careerup import BOXES, part, row, sized, sizes
from grants.papers.pieces import Context, foot, parties, yes_no
from grants.papers.specs import FormSpec
from grants.papers.stated_context import STANDING, director, said
from grants.rules import current_schemes
from grants.shapes import PartiesFacts
from grants.shapes.subscriptions import LearnerFacts, SubscriptionFacts
from grants.subjects.subscriptions import MENU, SCHEME

EDITION = "R8.3"
CONTRACTS = {"regular": "正規雇用等"}
OTHERS = "有期契約労働者等"


def headed(facts: PartiesFacts, foot_line: str) -> Context:
    scheme = current_schemes().by_name[SCHEME]
    grant, _space, course = scheme.title.partition(" ")
    return {
        **parties(facts),
        "scheme": {"grant": grant, "label": f"{course}（{scheme.menus[MENU]}）"},
        "foot": foot_line,
        "filed_on": None,
    }


def of_plan(plan: PlanVersion) -> Context:
    return headed(plan.subscription, foot("計画届", plan.number, plan.digest, EDITION))


def of_claim(claim: Claim) -> Context:
    return headed(claim.subscribed, foot("支給申請", claim.number, claim.digest, EDITION))


def contact_row(no: str, facts: PartiesFacts) -> Context:
    contact = facts["contact"]
    told = (contact["name"], contact["department"], contact["phone"], contact["email"]) if contact else ()
    return row(no, "担当者", "　".join(filter(None, told)))


def yen(amount: int | None) -> str:
    return "" if amount is None else f"{amount:,}円"


def plan_notice(plan: PlanVersion) -> Context:
    """様式第1-1号"""
    facts = plan.subscription
    told, place = facts["subscription"], facts["establishment"]
    return {
        **of_plan(plan),
        "shows_parties": True,
        "parts": [
            part(
                "",
                row("1", "適用事業所の名称", place["name"]),
                row("2", "雇用保険適用事業所番号", place["insurance_number"]),
                row("3", "所在地", place["address"]),
                contact_row("4", facts),
                row("5", "助成区分", "（2）人への投資促進コース ①定額制訓練"),
                row("6", "訓練コースの名称", told["service"]),
                row("7", "受講予定者数", f"{len(facts['people'])}人"),
                *contract_rows(told),
                row("10", "資格試験", "該当なし"),
                row("11", "実施場所"),
                row("12", "実施方法", "③ eラーニング"),
                row("13", "標準学習時間または期間"),
                row("14", "OFF-JTの種別", "② 事業外訓練"),
                row("16", "教育訓練機関の名称", told["provider"]),
                row("", "代表者", told["provider_leader"]),
                row("", "所在地", told["provider_address"]),
                row("", "契約の経緯、負担軽減の提案、金銭の提供がないことの確認"),
                row("17", "デジタル人材の区分と男女の人数"),
            )
        ],
        "notes": ["※ 定額制サービスの講座の一覧（名称・標準学習時間）と契約書の写しを添えます。"],
    }


def contract_rows(told: SubscriptionFacts) -> list[Context]:
    return [
        row("8", "訓練の実施期間の初日", on=told["contract_from"]),
        row("", "訓練の実施期間の最終日", on=told["contract_to"]),
        row("9", "定額制の契約期間の初日", on=told["contract_from"]),
        row("", "定額制の契約期間の最終日", on=told["contract_to"]),
        row("", "自動更新", boxes=yes_no(told["renews"], yes="あり", no="なし")),
    ]


def people_list(plan: PlanVersion) -> Context:
    """様式第3-2号"""
    facts = plan.subscription
    rows = [
        row(str(n), one["name"], f"{one['kana']}　{CONTRACTS.get(one['contract'], OTHERS) if one['contract'] else ''}")
        for n, one in enumerate(facts["people"], start=1)
    ]
    head = [
        row("1", "適用事業所の名称", facts["establishment"]["name"]),
        row("2", "定額制サービスの名称", facts["subscription"]["service"]),
    ]
    return {
        **of_plan(plan),
        "shows_parties": False,
        "parts": [part("", *head), part(f"対象労働者（{len(rows)}人）", *rows)],
        "notes": ["※ この一覧にない人が受講しても、対象労働者には数えられません。"],
    }


def claim_form(claim: Claim) -> Context:
    """様式第4-2号"""
    facts = claim.subscribed
    firm, place = facts["firm"], facts["establishment"]
    others = {"yes": False, "no": True}.get(facts["answers"].get("only_this_grant", ""))
    stays = {"yes": True, "no": False}.get(facts["answers"].get("not_cancelled", ""))
    return {
        **of_claim(claim),
        "shows_parties": True,
        "parts": [
            part(
                "",
                row("1", "計画届の受付番号", facts["receipt_number"]),
                row("2", "主たる事業", firm["main_business"]),
                row("", "企業規模", boxes=sizes(firm["sme"])),
                row("3", "企業全体の常時雇用する労働者の数", sized(firm["regular_employees"])),
                row("4", "賃金要件・資格等手当要件の申請", boxes=yes_no(False, yes="該当", no="該当しない")),
                row("5", "支給申請額", yen(claim.total_yen)),
                row("6", "適用事業所の名称", place["name"]),
                row("7", "雇用保険適用事業所番号", place["insurance_number"]),
                contact_row("8", facts),
                row(
                    "9",
                    "ほかの助成金など",
                    facts["notes"].get("only_this_grant", ""),
                    boxes=yes_no(others),
                ),
                row("10", "デジタル人材の区分と男女の人数"),
                row("11", "定額制を途中で解約しない", boxes=yes_no(stays, yes="解約しない", no="解約する")),
            )
        ],
        "notes": ["※ 支給申請の後に契約を解約すると、支給が取り消されます。"],
    }


def costs(claim: Claim) -> Context:
    """様式第6-3号"""
    facts = claim.subscribed
    told = facts["subscription"]
    lines = cast(Sequence[Mapping[str, object]], claim.outcome["lines"])
    return {
        **of_claim(claim),
        "shows_parties": False,
        "parts": [
            part(
                "",
                row("1", "計画届の受付番号", facts["receipt_number"]),
                row("2", "適用事業所の名称", facts["establishment"]["name"]),
                row("3", "対象労働者数", f"{len(counting(facts['people']))}人"),
                row("", "契約者数", f"{told['accounts']}人"),
                row("", "訓練実施期間の初日", on=facts["supported_from"]),
                row("", "訓練実施期間の最終日", on=facts["supported_to"]),
                row("", "契約期間の初日", on=told["contract_from"]),
                row("", "契約期間の最終日", on=told["contract_to"]),
                row("", "契約額", yen(told["price_yen"])),
            ),
            part("算定", *(row("", str(one["label"]), str(one["because"])) for one in lines)),
            part("", row("", "経費助成額", yen(claim.total_yen))),
        ],
        "notes": ["※ 契約書、領収書または振込通知書の写しを添えます。"],
    }


def counting(people: Sequence[LearnerFacts]) -> list[LearnerFacts]:
    return [one for one in people if one["counts"]]


def learning_report(claim: Claim, one: LearnerFacts) -> Context:
    """様式第8-5号, one a worker; course by course it is copied from the learning log."""
    hours, minutes = divmod(one["minutes"] or 0, 60)
    facts = claim.subscribed
    return {
        **of_claim(claim),
        "shows_parties": False,
        "parts": [
            part(
                "",
                row("1", "計画届の受付番号", facts["receipt_number"]),
                row("2", "定額制サービスの名称", facts["subscription"]["service"]),
                row("3", "氏名", one["name"]),
                row("", "雇用保険被保険者番号", one["insured_number"]),
                row("4", "修了した講座（期間・講座名・標準学習時間・学んだこと）"),
                row("5", "修了した講座の標準学習時間の合計", f"{hours}時間{minutes}分"),
                row("6", "実施した者の証明（日付・氏名）"),
                row("7", "事業主の証明（賃金の支払、日付・氏名）"),
                row("8", "受講した人の署名"),
            )
        ],
        "notes": ["※ 講座ごとの欄は、学習ログを見ながら書き入れ、ログの写しを添えます。"],
    }


def standing(claim: Claim) -> Context:
    """共通要領様式第1号 and its 別紙."""
    facts = claim.subscribed
    return {
        **of_claim(claim),
        "statements": [{"no": no, "says": says} for no, says in STANDING.items()],
        **said(facts["standing"]),
        "directors": [director(one) for one in facts["directors"]],
    }


def subscription_forms_of_plan(plan: PlanVersion) -> tuple[FormSpec, ...]:
    says = "次のとおり職業訓練実施計画を作成したので届け出ます。"
    return (
        FormSpec("1-1", "職業訓練実施計画届", BOXES, lambda: plan_notice(plan), says),
        FormSpec("3-2", "対象労働者一覧（定額制訓練）", BOXES, lambda: people_list(plan), says),
    )


def subscription_forms_of_claim(claim: Claim) -> tuple[FormSpec, ...]:
    says = "次のとおり助成金の支給を申請します。"
    reports = (
        FormSpec(
            "8-5",
            "実施状況報告書（定額制訓練）",
            BOXES,
            partial(learning_report, claim, one),
            "次のとおり受講したことを報告します。",
            subject=str(one["key"]),
            person=one["name"],
        )
        for one in counting(claim.subscribed["people"])
    )
    declares = "次のとおり申し立てます。"
    return (
        FormSpec("4-2", "支給申請書", BOXES, lambda: claim_form(claim), says),
        FormSpec("6-3", "経費助成の内訳（定額制訓練）", BOXES, lambda: costs(claim), says),
        *reports,
        FormSpec("common-1", "支給要件確認申立書", "grants/papers/standing.html", lambda: standing(claim), declares),
    )
