"""A second calculator for training grants, written from the published tables with exact fractions, no cleverness."""

from fractions import Fraction

# menu: (rate regular, rate fixed, uplift points, wage, wage uplift, ojt, ojt uplift, [limits]); first SME, then large.
SINCE_2025 = {
    "general": [(45, 70, 15, 800, 200, 0, 0, (15, 30, 50)), (30, 70, 15, 400, 100, 0, 0, (10, 20, 30))],
    "approved_practice": [(45, 45, 15, 800, 200, 20, 5, (15, 30, 50)), (30, 30, 15, 400, 100, 11, 3, (10, 20, 30))],
    "fixed_term_practice": [(0, 75, 25, 800, 200, 10, 3, (15, 30, 50)), (0, 75, 25, 400, 100, 9, 3, (10, 20, 30))],
    "advanced_digital": [(75, 75, 0, 1000, 0, 0, 0, (30, 40, 50)), (60, 60, 0, 500, 0, 0, 0, (20, 25, 30))],
    "growth_field": [(75, 75, 0, 1000, 0, 0, 0, (150, 150, 150)), (75, 75, 0, 1000, 0, 0, 0, (150, 150, 150))],
    "it_practice": [(60, 60, 15, 800, 200, 20, 5, (15, 30, 50)), (45, 45, 15, 400, 100, 11, 3, (10, 20, 30))],
    "voluntary": [(45, 45, 15, 0, 0, 0, 0, (7, 15, 20)), (45, 45, 15, 0, 0, 0, 0, (7, 15, 20))],
    "reskilling": [(75, 75, 0, 1000, 0, 0, 0, (30, 40, 50)), (60, 60, 0, 500, 0, 0, 0, (20, 25, 30))],
}
WAGE_2024 = {800: 760, 400: 380, 1000: 960, 500: 480}
FAR = ["東京都", "神奈川県", "千葉県", "埼玉県", "京都府", "大阪府", "兵庫県"]


def down(yen):
    return int(yen // 100) * 100


def naive(facts):
    """The amounts of the command's answer, or None where nothing at all is due."""
    menu, cost, filed = facts["menu"], facts["cost"], facts["plan_filed"]
    table = SINCE_2025[menu][0 if facts["sme"] else 1]
    online = facts["method"] in ("e_learning", "correspondence")
    nothing = dict.fromkeys(
        ["expense_aid", "wage_aid", "ojt_aid", "uplift_expense_aid", "uplift_wage_aid", "uplift_ojt_aid"], 0
    )
    if menu not in ("general", "approved_practice", "fixed_term_practice") and filed > "2027-03-31":
        return nothing
    if online:
        hours, months = facts.get("standard_hours"), facts.get("standard_months")
        if not ((hours is not None and hours >= 10) or (months is not None and months >= 1)):
            return nothing
        if cost["kind"] == "in_house":
            return nothing
    else:
        hours = facts["planned_minutes"] // 60
        if facts["planned_minutes"] < 600:
            return nothing
    if cost.get("paid_partly_by") == "worker":
        return nothing
    good = [w for w in facts["workers"] if is_good(facts, w, online)]
    expense, more = expenses(facts, good, table, online, hours)
    minutes = (
        [min(w["wage_minutes"], cap(menu) * 60) for w in good if not w.get("in_trial_support_period")]
        if not online
        else []
    )
    wage = WAGE_2024.get(table[3], table[3]) if filed < "2025-04-01" else table[3]
    points = facts.get("uplift", False)
    return {
        "expense_aid": expense,
        "wage_aid": down(Fraction(sum(minutes), 60) * wage),
        "ojt_aid": on_the_job(good, table[5] * 10_000),
        "uplift_expense_aid": more if points else 0,
        "uplift_wage_aid": down(Fraction(sum(minutes), 60) * table[4]) if points else 0,
        "uplift_ojt_aid": on_the_job(good, table[6] * 10_000) if points else 0,
    }


def cap(menu):
    return 1600 if menu == "growth_field" else 1200


def is_good(facts, worker, online):
    if online:
        if not worker["completed"]:
            return False
    elif (
        int(Fraction(worker["attended_minutes"] + worker.get("excused_minutes", 0), facts["planned_minutes"]) * 100)
        < 80
    ):
        return False
    most = 1 if facts["menu"] in ("fixed_term_practice", "it_practice") else 3
    if facts["menu"] == "reskilling" and facts["method"] == "e_learning" and facts["plan_filed"] >= "2026-08-03":
        most = 1
    if (worker.get("grants_this_year") or 0) >= most:
        return False
    if "practice" in facts["menu"] and not worker.get("ojt_passed") and not worker.get("ojt_excused"):
        return False
    if facts["menu"] == "fixed_term_practice":
        return worker["employment"] == "fixed_term" and worker["converted"]
    return True


def expenses(facts, good, table, online, hours):
    cost, menu = facts["cost"], facts["menu"]
    late = cost.get("paid_on") and facts.get("claim_filed") and cost["paid_on"] > facts["claim_filed"]
    if cost.get("paid_partly_by") == "parent_company" or cost.get("provider_rebate") or late:
        return 0, 0
    if cost["kind"] == "external":
        each = Fraction(cost["fee_per_person"])
    else:
        hour = 30_000 if menu in ("advanced_digital", "it_practice", "reskilling") else 15_000
        fee = min(Fraction(cost["lecturer_fee"]), hour * Fraction(facts["planned_minutes"], 60))
        travel = 0 if cost.get("establishment_prefecture") in FAR else min(cost.get("lecturer_travel", 0), 50_000)
        each = (fee + travel) / cost["trainees_total"]
    limit = limit_of(facts, table, online, hours) * 10_000
    if facts["scheme"] == "hrd_support" and facts["plan_filed"] >= "2026-08-03":
        return as_the_form_does(good, table, int(each), limit)
    base = [min(each * rate(table, w) / 100, limit) for w in good]
    full = [min(each * (rate(table, w) + table[2]) / 100, limit) for w in good]
    return down(sum(base)), down(sum(full) - sum(base))


def as_the_form_does(good, table, each, limit):
    """様式第6-1号(R8.8.3) 3(4)-(7), box by box: whole yen for one, whole yen by rate, all trainees under the limit together."""
    regular = [w for w in good if w["employment"] == "regular"]
    fixed = [w for w in good if w["employment"] != "regular"]
    boxes = [(len(regular), table[0]), (len(fixed), table[1])]
    if table[0] == table[1]:
        boxes = [(len(good), table[0])]
    fifth = sum(each * heads * percent // 100 for heads, percent in boxes)
    more = sum(each * heads * table[2] // 100 for heads, _percent in boxes)
    most = len(good) * int(limit)
    base = down(min(fifth, most))
    return base, down(min(more, most - base))


def rate(table, worker):
    return table[1] if worker["employment"] == "fixed_term" else table[0]


def limit_of(facts, table, online, hours):
    menu, small = facts["menu"], 15 if facts["sme"] else 10
    if online and menu == "reskilling" and facts["plan_filed"] >= "2026-08-03":
        return small
    if online and menu in ("approved_practice", "fixed_term_practice", "it_practice"):
        return small
    if hours is None:
        return {"general": small, "reskilling": small * 2, "advanced_digital": small * 2, "voluntary": 7}.get(menu, 150)
    return table[7][2 if hours >= 200 else 1 if hours >= 100 else 0]


def on_the_job(good, price):
    passed = [w for w in good if w.get("ojt_passed")]
    excused = [w for w in good if not w.get("ojt_passed") and w.get("ojt_excused")]
    heads = Fraction(len(passed))
    if excused:
        heads += len(excused) * Fraction(
            sum(w["ojt_attended_hours"] for w in excused), sum(w["ojt_planned_hours"] for w in excused)
        )
    return down(heads * price)
