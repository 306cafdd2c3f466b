"""What the records of a claim show beyond its amounts, each as one of the named causes of refusal kept out or not."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from firms.words.saying import said as _
from grants.claims.checks import Held, condition, declared_check
from grants.models.claims import NEVER_HELD
from grants.rules import CAUSES
from grants.shapes import ClaimFacts, Condition, TrainedWorker, days_planned, window_planned
from grants.subjects import edition_in
from grants.subjects.questions import LOG_RECEIVED

Sources = Mapping[str, str]
# How many units are named one by one.
OUTSIDE_SHOWN = 5
ON_LEAVE = "人材開発支援助成金支給要領R8.8.3 06021・06023"


def claim_checks(facts: ClaimFacts, *, untold: Iterable[object], training: Held) -> list[Condition]:
    return [
        plan_in_window(facts),
        nothing_before_start(facts),
        claim_in_window(facts),
        trainees_agree(facts),
        *people_checks(facts),
        log_kept(facts, training) if is_online(facts) else roster_whole(facts),
        paid_before_claim(facts),
        *size_unknown(facts),
        changes_notified(facts, list(untold)),
    ]


def sources_of(facts: ClaimFacts) -> Sources:
    return edition_in(facts["plan"]).sources


def named(facts: ClaimFacts, code: str, *, holds: bool, because: str, evidence: str = "") -> Condition:
    cause = CAUSES[code]
    source = sources_of(facts).get(code, cause.source)
    return condition(code, cause.label, "met" if holds else "unmet", because, source, evidence=evidence)


def plan_in_window(facts: ClaimFacts) -> Condition:
    window = window_planned(facts["plan"])
    told = {"filed": facts["filed_on"], "number": facts["receipt_number"], "because": window["because"]}
    because = _("届出日 %(filed)s（受付番号 %(number)s）。%(because)s") % told
    holds = window["first"] <= facts["filed_on"] <= window["last"]
    return named(facts, "plan_in_window", holds=holds, because=because, evidence=_("計画届 %(number)s") % told)


def nothing_before_start(facts: ClaimFacts) -> Condition:
    first, agreed = facts["training"]["first_attended_on"], days_planned(facts["training"])[0].isoformat()
    because = _("最初の出席は %(first)s、計画（変更届を含む）の初日は %(planned)s、計画届は %(filed)s です。") % {
        "first": first or _("まだなし"),
        "planned": agreed,
        "filed": facts["filed_on"],
    }
    holds = first is None or first >= agreed > facts["filed_on"]
    return named(facts, "nothing_before_start", holds=holds, because=because)


def claim_in_window(facts: ClaimFacts) -> Condition:
    window = facts["claim_window"]
    because = _("申請予定日 %(day)s。%(because)s") % {"day": facts["as_of"], "because": window["because"]}
    return named(facts, "claim_in_window", holds=window["first"] <= facts["as_of"] <= window["last"], because=because)


def trainees_agree(facts: ClaimFacts) -> Condition:
    uninsured = "・".join(one["name"] for one in facts["workers"] if not one["insured_number"])
    because = (
        _("被保険者番号のない%(names)sを除き、申請の対象者は計画の名簿にあり、番号が登録されています。")
        % {"names": uninsured}
        if uninsured
        else _("申請の対象者は全員、計画の名簿にあり、被保険者番号が登録されています。")
    )
    return named(facts, "trainees_agree", holds=True, because=because, evidence=_("様式第3-1号の名簿"))


def people_checks(facts: ClaimFacts) -> list[Condition]:
    """What nobody knows yet of one trainee alone."""
    sources = sources_of(facts)
    return [
        *(uninsured(one, sources) for one in facts["workers"] if not one["insured_number"]),
        *(not_employed(one, sources) for one in facts["workers"] if one["not_employed_on"]),
        *(without_hours(one, sources) for one in facts["workers"] if one["no_hours_on"]),
        *(on_leave(one) for one in facts["workers"] if one["learned_on_leave"]),
        *(outside_hours(one, sources) for one in facts["workers"] if one["completed"] and one["outside_hours"]),
        *(without_certificate(one, sources) for one in facts["workers"] if one["completed"] and not one["certificate"]),
    ]


def outside_hours(one: TrainedWorker, sources: Sources) -> Condition:
    """様式第8-3号 certifies 労働時間中: said of each unit whose time was not the person's own working time."""
    shown = one["outside_hours"][:OUTSIDE_SHOWN]
    units = "、".join(
        _("「%(title)s」%(at)s") % {"title": unit["title"], "at": moment_in_words(unit["at"])} for unit in shown
    )
    rest = len(one["outside_hours"]) - len(shown)
    more = _("ほか%(n)s件") % {"n": rest} if rest else ""
    why = (
        _("所定労働時間の外に始めたか終えた教材があります：%(units)s%(more)s。")
        if all(unit["is_known"] for unit in one["outside_hours"])
        else _("所定労働時間の中か分からない教材があります（勤務形態が未登録）：%(units)s%(more)s。")
    ) % {"units": units, "more": more}
    because = why + _(
        "様式第8-3号は労働時間中に受講させたことを証明します。残業や振替として命じた記録（出勤簿など）を確かめてください。"
    )
    label = _("労働時間中に受講した")
    return condition("learned_in_hours", label, "unknown", because, sources["at_work"], subject=one["key"])


def moment_in_words(text: str) -> str:
    """11月3日 19:10"""
    at = datetime.fromisoformat(text)
    return _("%(month)s月%(day)s日 %(clock)s") % {"month": at.month, "day": at.day, "clock": f"{at:%H:%M}"}


def is_online(facts: ClaimFacts) -> bool:
    return facts["training"]["units"] is not None


def without_certificate(one: TrainedWorker, sources: Sources) -> Condition:
    """修了証 goes in with the claim of e-learning; the log alone does not do (要領0704)."""
    because = _("全部の教材を終えていますが、修了証がまだ発行されていません。連携校に発行を依頼してください。")
    return condition("certificate", _("修了証がある"), "unknown", because, sources["papers"], subject=one["key"])


def log_kept(facts: ClaimFacts, training: Held) -> Condition:
    """The copy of the LMS's records; where the college keeps no units here, theirs must be asked for."""
    label = _("学習の記録（LMS）がある")
    if not facts["training"]["units"]:
        return declared_check(
            LOG_RECEIVED, facts["answers"].get(LOG_RECEIVED.code), training=training, sources=sources_of(facts)
        )
    because = _("教材ごとの開始と終了を、サーバの時計で記録しています（教材 %(n)s件）。") % {
        "n": len(facts["training"]["units"])
    }
    return condition("log_kept", label, "met", because, sources_of(facts)["papers"], evidence=_("学習ログ"))


def uninsured(one: TrainedWorker, sources: Sources) -> Condition:
    because = _("被保険者番号が登録されていないため、支給対象者に数えていません。従業員の画面で登録してください。")
    return condition(
        "insured", _("雇用保険の被保険者である"), "unknown", because, sources["insured"], subject=one["key"]
    )


def not_employed(one: TrainedWorker, sources: Sources) -> Condition:
    says = (
        _(
            "%(day)s に在籍していません。eラーニングと通信制は、退職しても期間内に修了していることが要ります。"
            "対象になるか労働局に確かめてください。"
        )
        if one["log"] is not None
        else _(
            "%(day)s の訓練日に在籍していません。自己都合の退職や病気などは欠席を補えますが、"
            "離職の理由により変わるため、労働局に確かめてください。"
        )
    )
    because = says % {"day": one["not_employed_on"]}
    label = _("訓練の期間を通じて在籍している")
    return condition("employed_throughout", label, "unknown", because, sources["insured"], subject=one["key"])


def without_hours(one: TrainedWorker, sources: Sources) -> Condition:
    because = _(
        "%(day)s の勤務形態が登録されていないため、賃金助成の時間を数えていません。従業員の画面で登録してください。"
    ) % {"day": one["no_hours_on"]}
    label = _("所定労働時間が登録されている")
    return condition("working_hours", label, "unknown", because, sources["hours"], subject=one["key"])


def on_leave(one: TrainedWorker) -> Condition:
    """Nobody works on leave, so nothing of it is wage aid; the fee of 育児休業中訓練 has conditions of its own."""
    because = _(
        "%(day)s は休業中の受講です。賃金助成の時間には数えていません。経費助成は、育児休業中の自発的な訓練（様式第7号の申立書が要る）か、"
        "復職して訓練を受けたのかによって変わるため、労働局に確かめてください。"
    ) % {"day": one["learned_on_leave"]}
    return condition("on_leave", _("休業中に受講していない"), "unknown", because, ON_LEAVE, subject=one["key"])


def size_unknown(facts: ClaimFacts) -> list[Condition]:
    """中小企業かどうか is judged on the day of the claim; where nobody can tell the lower rates are asked for."""
    if facts["firm"]["sme"] is not None:
        return []
    because = _("業種区分または常時雇用する労働者数が登録されていないため、大企業の率で計算しています。")
    return [condition("firm_size", _("中小企業かどうか"), "unknown", because, "雇用関係助成金共通要領R8.4.8 0202")]


def roster_whole(facts: ClaimFacts) -> Condition:
    """Nobody knows yet whether a person was there, so this is unknown and not unmet."""
    rows = [row for one in facts["workers"] for row in one["lessons"]]
    unmarked = {row["number"] for row in rows if row["mark_id"] is None and row["source"] != NEVER_HELD}
    numbers = "・".join(str(number) for number in sorted(unmarked))
    because = (
        _("第%(numbers)s回の出席がまだ記録されていない人がいます。連携校に記録を依頼してください。")
        % {"numbers": numbers}
        if unmarked
        else _("すべてのコマに、連携校が記録した出席があります。")
    )
    state = "unknown" if unmarked else "met"
    return condition(
        "roster_whole", _("出席がすべて記録されている"), state, because, "様式第8-1号", evidence=_("出席簿")
    )


def paid_before_claim(facts: ClaimFacts) -> Condition:
    fee, people = facts["plan"]["course"]["fee_yen"], len(facts["workers"])
    in_time = [cost for cost in facts["costs"] if cost["paid_on"] <= facts["as_of"]]
    paid = sum(cost["amount_yen"] for cost in in_time)
    because = _("支払 %(paid)s円、受講料 %(fee)s円 × %(people)s人 = %(owed)s円") % {
        "paid": f"{paid:,}",
        "fee": f"{fee:,}",
        "people": people,
        "owed": f"{fee * people:,}",
    }
    proof = "、".join(cost["evidence"] for cost in in_time if cost["evidence"])
    return named(facts, "paid_before_claim", holds=paid >= fee * people, because=because, evidence=proof)


def changes_notified(facts: ClaimFacts, untold: list[object]) -> Condition:
    because = (
        _("届け出ていない変更があります：%(changes)s") % {"changes": "、".join(str(change) for change in untold)}
        if untold
        else _("計画と実際の間に、届け出ていない変更はありません。")
    )
    return named(facts, "changes_notified", holds=not untold, because=because)
