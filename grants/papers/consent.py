"""様式第12号, the college's consent to a firm's claim: made from the filed plan, without any amount."""

from datetime import date

from firms.models import Organisation
from firms.papers.press import render
from grants.models import PlanVersion
from grants.papers.pieces import Context, labour_office
from grants.subjects import edition_in

FOOT = (
    "Takumi 作成　計画 第{number}版　sha256 {digest}\n"
    "承諾事項の文は要旨です。提出前に労働局が公開している最新の{label}と照合し、様式の文によってください。"
)


def consent(plan: PlanVersion, *, starts_on: date, ends_on: date) -> Context:
    """The days are those the office knows of, changes told to it included."""
    facts, college = plan.lifted, plan.case.run.course.college
    label, title = f"様式第{edition_in(facts).forms['consent']}号", "支給申請承諾書（訓練実施者）"
    return {
        "office": labour_office(facts["establishment"]["prefecture"]),
        "scheme": facts["scheme"],
        "receipt_number": plan.filing.receipt_number,
        "firm": facts["firm"]["name"],
        "establishment": facts["establishment"],
        "course": facts["course"]["title"],
        "method": facts["course"]["method_label"],
        "starts_on": starts_on,
        "ends_on": ends_on,
        "provider": provider(college),
        "foot": FOOT.format(number=plan.number, digest=plan.digest, label=label),
        "spec": {
            "name": f"{label} {title}",
            "label": label,
            "title": title,
        },
    }


def provider(college: Organisation) -> Context:
    """As the college is registered on the day the paper is made: it is the college's own word of today."""
    return {
        "name": college.name,
        "postal_code": college.postal_code,
        "address": college.address,
        "phone": college.phone,
        "representative_title": college.representative_title,
        "representative_name": college.representative_name,
        "corporate_number": college.corporate_number or "",
    }


def consent_pdf(plan: PlanVersion, *, starts_on: date, ends_on: date) -> bytes:
    return render("grants/papers/consent.html", consent(plan, starts_on=starts_on, ends_on=ends_on))
