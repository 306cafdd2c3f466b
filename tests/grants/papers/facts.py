"""A machine shop in Ota, three people on a course of two days, one of them under 80 per cent: frozen facts as data."""

from grants.rules import assess, training_facts
from grants.rules.outcome import outcome_as_mapping

FIRM = {
    "name": "（架空）大森機械製作所株式会社",
    "kana": "オオモリキカイセイサクショ",
    "corporate_number": "5700000000001",
    "postal_code": "144-0035",
    "address": "東京都大田区架空一丁目23番4号",
    "phone": "03-0000-0001",
    "representative_title": "代表取締役",
    "representative_name": "大森 𠮷郎",
    "industry": "manufacturing",
    "main_business": "金属部品の切削加工",
    "capital_yen": 10_000_000,
    "regular_employees": 28,
    "sme": True,
}
ESTABLISHMENT = {
    "name": "（架空）大森機械製作所 本社工場",
    "insurance_number": "1301-234567-8",
    "postal_code": "144-0035",
    "address": "東京都大田区架空一丁目23番4号",
    "phone": "03-0000-0002",
    "prefecture": "東京都",
}
CONTACT = {"name": "大森 花", "department": "総務部 部長", "phone": "03-0000-0003", "email": "hana@example.jp"}
AGENT = {
    "office": "（架空）蒲田社会保険労務士事務所",
    "postal_code": "144-0051",
    "address": "東京都大田区架空二丁目5番6号",
    "phone": "03-0000-0005",
    "advisor": "濵田 労一",
    "licence_number": "13200001",
    "capacity": "filing",
    "capacity_label": "提出代行者",
}
COURSE = {
    "title": "現場IoT: センサで設備の稼働を見る",
    "college": "（架空）東都工科カレッジ",
    "college_representative": "理事長 学園 守",
    "college_address": "東京都大田区架空三丁目7番8号",
    "college_phone": "03-0000-0007",
    "method": "class",
    "method_label": "通学制",
    "provider_page": "https://example.jp/iot",
    "venue": "（架空）東都工科カレッジ 第2実習室",
    "venue_address": "東京都大田区架空三丁目7番8号",
    "fee_yen": 22_000,
    "run_code": "R00001",
    "syllabus": "設備に後付けするセンサの選定、取付け、データの収集と可視化までを実機で学ぶ。\n"
    "自社の設備を題材に、停止の原因を数字でつかむ。",
}
MEAL = {"starts_at": "12:00", "ends_at": "13:00", "is_meal": True}


def lesson(number: int, on: str, topic: str):
    return {
        "id": number,
        "number": number,
        "topic": topic,
        "on": on,
        "starts_at": "10:00",
        "ends_at": "17:00",
        "breaks": [MEAL],
        "minutes": 360,
        "counted_minutes": 360,
        "instructor": "講元 太郎",
        "room": "第2実習室",
    }


LESSONS = [
    lesson(1, "2027-02-03", "センサの選び方と取付け"),
    lesson(2, "2027-02-10", "稼働データの収集と見える化"),
]
PEOPLE = [
    ("101", "髙﨑 優", "タカサキ ユウ", "5001-000101-2", "regular", "2022-04-01", "旋盤加工"),
    ("102", "濵口 𠮷之助", "ハマグチ ヨシノスケ", "5001-000102-0", "fixed_term", "2024-10-01", "検査・品質管理"),
    ("103", "矢口 誠", "ヤグチ マコト", "5001-000103-9", "regular", "2019-04-01", "設備保全"),
]
LABELS = {"regular": "正規雇用", "fixed_term": "有期契約"}


def worker(key, name, kana, insured, contract, hired, job):
    return {
        "key": key,
        "name": name,
        "kana": kana,
        "insured_number": insured,
        "contract": contract,
        "contract_label": LABELS[contract],
        "employment": contract,
        "hired_on": hired,
        "job_title": job,
    }


WORKERS = [worker(*person) for person in PEOPLE]
ANSWERS = {
    "no_rebate": {
        "label": "教育訓練機関から返金・割引等を受けていない",
        "value": "yes",
        "note": "請求書と振込額が一致",
        "answered_by": "大森 花",
        "answered_on": "2026-12-01",
    },
    "first_this_year": {
        "label": "この年度に他の助成金を受けていない",
        "value": "yes",
        "note": "",
        "answered_by": "大森 花",
        "answered_on": "2026-12-01",
    },
}
CLAIM_WINDOW = {
    "first": "2027-02-11",
    "last_nominal": "2027-04-10",
    "last": "2027-04-12",
    "because": "訓練終了日 2027-02-10 の翌日から2か月以内。2027-04-10 は土曜日のため、次の開庁日まで。",
    "source": "リスキリング支給要領R7.4.1 0703; 雇用関係助成金共通要領R8.4.8 0401",
}
PLAN_WINDOW = {
    "first": "2026-08-03",
    "last_nominal": "2027-01-03",
    "last": "2027-01-04",
    "because": "訓練開始日 2027-02-03 の6か月前から1か月前まで。閉庁日のため次の開庁日まで。",
    "source": "リスキリング支給要領R7.4.1 0502",
}


def plan_facts(**changes):
    return {
        "frozen_on": "2026-12-01",
        "form_edition": "R8.4",
        "scheme": {
            "code": "reskilling",
            "menu": "reskilling",
            "label": "事業展開等リスキリング支援コース",
            "grant": "人材開発支援助成金",
        },
        "firm": FIRM,
        "establishment": ESTABLISHMENT,
        "contact": CONTACT,
        "agent": AGENT,
        "course": COURSE,
        "training": {
            "starts_on": "2027-02-03",
            "ends_on": "2027-02-10",
            "total_minutes": 720,
            "planned_minutes": 720,
            "lessons": LESSONS,
        },
        "reskilling_plan": {
            "purpose": "dx",
            "purpose_label": "デジタル・デジタルトランスフォーメーション（DX）化",
            "from_on": "2027-03-01",
            "to_on": "2028-02-29",
            "business": "",
            "change": "マシニングセンタ6台と旋盤4台に後付けのセンサを取り付け、稼働・停止・段取りの時間を自動で記録する。"
            "手書きの日報をやめ、停止の原因を週ごとに見直して、設備の稼働率を高める。",
            "task_link": "旋盤加工・品質管理・設備保全の担当者が、センサの選定と取付け、データの読み方を学び、"
            "担当する設備の稼働を自分で記録・分析できるようにする。",
        },
        "workers": WORKERS,
        "answers": ANSWERS,
        "plan_window": PLAN_WINDOW,
        "claim_window": CLAIM_WINDOW,
        **changes,
    }


def attended(number: int, came: str, left: str, minutes: int, wage: int):
    held = LESSONS[number - 1]
    return {
        "id": number,
        "number": number,
        "on": held["on"],
        "topic": held["topic"],
        "starts_at": held["starts_at"],
        "ends_at": held["ends_at"],
        "excluded_minutes": 60,
        "planned_minutes": 360,
        "came_at": came,
        "left_at": left,
        "attended_minutes": minutes,
        "wage_minutes": wage,
        "lecturer": held["instructor"],
        "source": "roster",
        "mark_id": 1,
    }


WHOLE = ("10:00", "17:00", 360, 360)
LATE = ("10:25", "17:00", 335, 335)
ABSENT = ("", "", 0, 0)


def trained(person, first: tuple, second: tuple, percent: int):
    rows = [attended(1, *first), attended(2, *second)]
    sums = {part: sum(row[part] for row in rows) for part in ("planned_minutes", "attended_minutes", "wage_minutes")}
    return {**person, "lessons": rows, **sums, "excused_minutes": 0, "percent": percent, "passes": percent >= 80}


def trained_workers():
    return [
        trained(WORKERS[0], WHOLE, WHOLE, 100),
        trained(WORKERS[1], LATE, WHOLE, 96),
        trained(WORKERS[2], WHOLE, ABSENT, 50),
    ]


COST = {
    "kind": "external",
    "fee_per_person": 22_000,
    "paid_partly_by": "nobody",
    "provider_rebate": False,
    "paid_on": "2027-02-26",
}
PAYMENT = {
    "amount_yen": 66_000,
    "paid_on": "2027-02-26",
    "payer": "firm",
    "payer_label": "申請事業主",
    "evidence": "振込通知書.pdf",
}


def grant(workers: list):
    return {
        "scheme": "reskilling",
        "menu": "reskilling",
        "plan_filed": "2026-12-14",
        "claim_filed": "2027-03-15",
        "sme": True,
        "method": "class",
        "planned_minutes": 720,
        "cost": COST,
        "workers": [
            {
                "key": one["key"],
                "employment": one["employment"],
                "attended_minutes": one["attended_minutes"],
                "wage_minutes": one["wage_minutes"],
                "excused_minutes": 0,
                "in_trial_support_period": False,
                "grants_this_year": 0,
            }
            for one in workers
        ],
        "uplift": False,
        "already_granted_in_claim_year": 0,
    }


def claim_facts(**changes):
    workers = trained_workers()
    return {
        "as_of": "2027-03-15",
        "plan_number": 1,
        "plan": plan_facts(),
        "filed_on": "2026-12-14",
        "receipt_number": "東京8-リ-001234",
        "firm": FIRM,
        "establishment": ESTABLISHMENT,
        "contact": CONTACT,
        "agent": AGENT,
        "grant": grant(workers),
        "workers": workers,
        "costs": [PAYMENT],
        "answers": ANSWERS,
        "evidence": [{"kind": "payment", "name": "振込通知書.pdf", "sha256": "0" * 64}],
        "claim_window": CLAIM_WINDOW,
        **changes,
    }


DECLARED = {
    "code": "plan_known_to_workers",
    "label": "計画を労働者に周知している",
    "state": "unknown",
    "because": "回答がまだありません。",
    "source": "様式第11号(15)",
    "subject": "",
    "evidence": "",
}


def claim_outcome(facts):
    """What the rules say of these facts, joined with one declared requirement nobody has answered."""
    found = outcome_as_mapping(assess(training_facts(facts["grant"])))
    judged = [{**condition, "evidence": ""} for condition in found["conditions"]]
    return {**found, "conditions": [*judged, DECLARED]}


NOTICE = {
    "has_exam": True,
    "exam": "（架空）IoT検定 2級",
    "exam_on": "2027-03-07",
    "found_by": "other",
    "found_note": "商工会の紹介",
    "is_reduction_offered": False,
    "has_material": False,
    "digital": "データサイエンティスト",
    "men": 2,
    "women": 1,
    "used_centre": True,
}
CONFIRMATION = {
    "items": [str(n) for n in range(1, 17)],
    "said_by": "大森 花",
    "said_at": "2026-11-30T08:15:00+09:00",
}
LECTURER = {
    "name": "講元 太郎",
    "is_own": True,
    "department": "技術部",
    "position": "課長",
    "work": "設備の保全",
    "grounds": ["practice"],
    "school": "",
    "licences": "第二種電気工事士（2010年 架空試験センター）",
    "teaching": "",
    "career": "2008年～ 当社技術部",
}
DIRECTORS = [
    {
        "name": "大森 𠮷郎",
        "kana": "オオモリ ヨシロウ",
        "former_name": "",
        "position": "代表取締役",
        "born_on": "1961-05-03",
    },
    {
        "name": "髙﨑 優",
        "kana": "タカサキ ユウ",
        "former_name": "山田 優",
        "position": "取締役",
        "born_on": "1975-11-30",
    },
]
ACCOUNT = {
    "bank": "（架空）東都銀行",
    "branch": "蒲田支店",
    "bank_code": "0987",
    "branch_code": "123",
    "kind": "ordinary",
    "number": "7654321",
    "holder": "（架空）大森機械製作所株式会社",
    "holder_kana": "オオモリキカイセイサクショ カブシキガイシャ",
}
HOUSES = [
    {"name": "（架空）大森機械製作所 本社工場", "number": "1301-234567-8", "employees": 21},
    {"name": "（架空）大森機械製作所 第2工場", "number": "", "employees": 7},
]
PRICE = {"reason": "公開講座の料金表どおり。", "is_same_without_grant": False, "fee_without_grant": 20_000}
STANDING = {"refused": []}
PLAN_STATED = {"notice": NOTICE, "confirmation": CONFIRMATION, "lecturers": [LECTURER], "channel": "electronic"}
CLAIM_STATED = {
    "directors": DIRECTORS,
    "account": ACCOUNT,
    "houses": HOUSES,
    "price": PRICE,
    "standing": STANDING,
    "channel": "electronic",
}
CONVERSION = {"is_wanted": True, "manager_name": "大森 花", "is_conversion": True, "month": "2027-04-01"}


def whole_plan(**changes):
    """Everything the firm can state is stated; the firm trains its people itself where `in_house` is given."""
    return plan_facts(**{**PLAN_STATED, "conversion_plan": CONVERSION, **changes})


def whole_claim(**changes):
    alone = {**ANSWERS["first_this_year"], "label": "ほかの助成を受けない"}
    answers = {**ANSWERS, "not_granted_elsewhere": alone}
    return claim_facts(**{"plan": whole_plan(), "answers": answers, **CLAIM_STATED, **changes})
