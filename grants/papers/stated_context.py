"""What the forms print that the firm states of itself, of its lecturers and its prices, and who files for it."""

from datetime import date

from grants.models import Claim, PlanVersion
from grants.papers.claim_context import of_claim
from grants.papers.context import of_plan, training
from grants.papers.pieces import Context, Tick, ticks, yes_no
from grants.shapes import AccountFacts, AgentFacts, DirectorFacts, LecturerFacts, StandingFacts

# ①-⑥ of 様式第10号: first for 部内講師, then for 部外講師.
OWN_GROUNDS = {"licence": "① 職業訓練指導員免許", "first_grade": "② 1級技能検定", "practice": "③ 実務経験10年以上"}
OWN_GROUNDS |= {"it": "④ 高度な情報処理の資格"}
OTHER_GROUNDS = {
    "school": "① 学校・職業能力開発施設",
    "licence": "② 職業訓練指導員免許",
    "first_grade": "③ 1級技能検定",
}
OTHER_GROUNDS |= {"teaching": "④ 指導経験3年以上", "practice": "⑤ 実務経験10年以上", "it": "⑥ 高度な情報処理の資格"}
ACCOUNT_KINDS = {"ordinary": "1 普通", "checking": "2 当座"}
PAID_BY = {"transfer": "1 振込", "sent": "2 送金"}
# 共通要領様式第1号R8.4.1, 4 to 16 in our words.
STANDING = {
    "4": "平成31年3月31日以前に申請した助成金の不正受給がない、または決定から3年を過ぎている",
    "5": "平成31年4月1日以後に申請した助成金の不正受給がない、または決定から5年を過ぎている",
    "6": "平成31年4月1日以後に申請した助成金の不正受給に関わった役員等がいない",
    "7": "前年度より前の労働保険料に未納がない",
    "8": "申請日の前日から過去1年に、労働関係法令の違反で送検されていない",
    "9": "風俗営業等関係事業主でない",
    "10": "①～⑤ 事業主と役員等が暴力団や暴力団員でなく、利用、資金の供給、社会的に非難される関係もない",
    "11": "事業主と役員等が暴力主義的破壊活動の団体に属していない",
    "12": "倒産していない",
    "13": "調査への協力、不正受給のときの公表と返還、応じないときの不支給と取消しを承諾する",
    "14": "役員等一覧を添付している",
    "15": "雇用関係助成金支給要領に従うことを承諾する",
    "16": "事実と異なる記載や証明をしていない",
}


def lecturers(plan: PlanVersion) -> Context:
    """様式第10号"""
    facts = plan.lifted
    return {
        **of_plan(plan),
        **training(facts["training"]),
        "own": [lecturer(one, OWN_GROUNDS) for one in facts["lecturers"] if one["is_own"]],
        "others": [lecturer(one, OTHER_GROUNDS) for one in facts["lecturers"] if not one["is_own"]],
        "lecturers": facts["lecturers"],
    }


def lecturer(one: LecturerFacts, grounds: dict[str, str]) -> Context:
    return {**one, "ticks": [Tick(label, code in one["grounds"]) for code, label in grounds.items()]}


def houses(claim: Claim) -> Context:
    """様式第13号"""
    found = claim.lifted["houses"]
    return {
        **of_claim(claim),
        "houses": found,
        "house_count": len(found),
        "all": sum(one["employees"] for one in found),
    }


def price(claim: Claim) -> Context:
    """様式第28号: the heads are known, the rest is in our words until the sheet is at hand."""
    told, fee = claim.lifted["price"], claim.lifted["plan"]["course"]["fee_yen"]
    without = None if told is None else fee if told["is_same_without_grant"] else told["fee_without_grant"]
    return {
        **of_claim(claim),
        "fee_yen": fee,
        "fee_without": without,
        "gap": fee - without if without is not None else None,
        "reason": told["reason"] if told else "",
        "same": yes_no(told["is_same_without_grant"] if told else None, yes="同じ", no="違う"),
    }


def standing(claim: Claim) -> Context:
    """共通要領様式第1号 and its 別紙."""
    return {
        **of_claim(claim),
        "statements": [{"no": no, "says": says} for no, says in STANDING.items()],
        **said(claim.lifted["standing"]),
        "directors": [director(one) for one in claim.lifted["directors"]],
    }


def said(told: StandingFacts | None) -> Context:
    if told is None:
        return {"all_yes": yes_no(None, yes="はい", no="いいえ"), "refused": "", "answer": ""}
    answer = "いいえ" if told["refused"] else "はい"
    return {
        "all_yes": yes_no(not told["refused"], yes="はい", no="いいえ"),
        "refused": "、".join(told["refused"]),
        "answer": answer,
    }


def director(one: DirectorFacts) -> Context:
    """生年月日 is asked for in the western calendar."""
    return {**one, "born_on": date.fromisoformat(one["born_on"])}


def payee(claim: Claim) -> Context:
    """支払方法・受取人住所届"""
    told = claim.lifted["account"]
    account = told or empty_account()
    return {
        **of_claim(claim),
        "account": account,
        "kinds": ticks(ACCOUNT_KINDS, account["kind"]),
        "ways": ticks(PAID_BY, "transfer" if told else None),
    }


def empty_account() -> AccountFacts:
    parts = ("bank", "branch", "bank_code", "branch_code", "kind", "number", "holder", "holder_kana")
    return dict.fromkeys(parts, "")  # type: ignore[return-value]


def mandate_of_plan(plan: PlanVersion) -> Context:
    return {
        **of_plan(plan),
        **mandated(plan.lifted["agent"]),
        "matter": "職業訓練実施計画届と添付書類の作成・提出・補正",
    }


def mandate_of_claim(claim: Claim) -> Context:
    return {**of_claim(claim), **mandated(claim.lifted["agent"]), "matter": "支給申請書と添付書類の作成・提出・補正"}


def mandated(agent: AgentFacts | None) -> Context:
    assert agent is not None  # these papers are made where an office acts (`forms_of_plan`, `forms_of_claim`)
    return {"capacity": agent["capacity_label"]}
