"""Statements and facts become checks: met, unmet or unknown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as translate

from firms.words.days import spoken
from grants.models import Answer
from grants.shapes import AnswerFacts, Condition, EvidenceFile
from grants.subjects.questions import BY_CODE, DECLARED, Declared

STATE_OF = {"yes": "met", "no": "unmet", "unknown": "unknown"}


@dataclass(frozen=True)
class Held:
    """The training as answers are held against it; `recorded_at` is the moment of the newest attendance."""

    ends_on: date
    recorded_at: str | None


# What is signed and paid on the recorded hours is asked again when these change.
ON_THE_RECORDS = frozenset({"wages_paid", "reports_signed"})


def answers_in_words(answers: Mapping[str, str]) -> str:
    """What the journal tells of an answered questionnaire; a requirement no longer asked for is left out."""
    asked = [(BY_CODE[code].label, Answer.Value(value).label) for code, value in answers.items() if code in BY_CODE]
    return "、".join(f"{label}：{said}" for label, said in asked)


def condition(
    code: str, label: object, state: str, because: object, source: str, *, subject: str = "", evidence: str = ""
) -> Condition:
    """One check in the frozen shape of a claim."""
    return {
        "code": code,
        "label": str(label),
        "state": state,
        "because": spoken(str(because)),
        "source": source,
        "subject": subject,
        "evidence": evidence,
    }


def answerable_from(declared: Declared, ends_on: date) -> date | None:
    """The first day on which it can be true at all; None where it can be said before the training."""
    return None if declared.at_plan else ends_on + timedelta(days=declared.after_days)


def counts_from(declared: Declared, ends_on: date) -> date | None:
    """The first day an answer must be of to count for the claim."""
    return ends_on if declared.at_plan and declared.lasts else answerable_from(declared, ends_on)


def declared_checks(
    answers: Mapping[str, AnswerFacts],
    evidence: Iterable[EvidenceFile] = (),
    *,
    training: Held | None = None,
    asked: Iterable[Declared] = DECLARED,
    sources: Mapping[str, str] | None = None,
) -> list[Condition]:
    """What moved in the training after an answer asks it again.

    `sources` of the scheme, by cause, stand before those of the causes."""
    files: dict[str, str] = {}
    for file in evidence:
        files[file["kind"]] = "、".join(filter(None, [files.get(file["kind"], ""), file["name"]]))
    return [
        declared_check(one, answers.get(one.code), evidence=files.get(one.code, ""), training=training, sources=sources)
        for one in asked
    ]


def source_of(declared: Declared, sources: Mapping[str, str]) -> str:
    """Where the requirement stands in the rules of the scheme; else as its cause has it."""
    return sources.get(declared.rule) or sources.get(declared.cause) or declared.source


def declared_check(
    declared: Declared,
    answer: AnswerFacts | None,
    *,
    evidence: str = "",
    training: Held | None = None,
    sources: Mapping[str, str] | None = None,
) -> Condition:
    source = source_of(declared, sources or {})
    if answer is None:
        because = translate("企業の回答がまだありません。「要件の確認」で答えてください。")
        return condition(declared.code, declared.label, "unknown", because, source)
    if training and answer["value"] == "yes" and (why := outlived(declared, answer, training)):
        return condition(declared.code, declared.label, "unknown", why, source, evidence=evidence)
    because = translate("%(who)sが%(day)sに「%(value)s」と回答。%(note)s%(told)s") % {
        "who": answer["answered_by"],
        "day": day_in_words(date.fromisoformat(answer["answered_on"])),
        "value": {"yes": translate("はい"), "no": translate("いいえ"), "unknown": translate("未確認")}[answer["value"]],
        "note": answer["note"],
        "told": declared.when_no if answer["value"] == "no" else "",
    }
    state = STATE_OF[answer["value"]]
    return condition(declared.code, declared.label, state, because, source, evidence=evidence)


def outlived(declared: Declared, answer: AnswerFacts, training: Held) -> str:
    """Why an answer is older than what it is about; empty where it still counts."""
    told = {"day": day_in_words(date.fromisoformat(answer["answered_on"]))}
    first = counts_from(declared, training.ends_on)
    if first and date.fromisoformat(answer["answered_on"]) < first:
        return translate("%(day)sの回答は訓練が終わる前のものです。%(first)s以後に、もう一度答えてください。") % {
            **told,
            "first": day_in_words(first),
        }
    recorded_at = training.recorded_at
    if declared.code in ON_THE_RECORDS and recorded_at and answer["answered_at"] < recorded_at:
        return translate("%(day)sの回答の後に出席の記録が変わりました。確かめて、もう一度答えてください。") % told
    return ""


def day_in_words(day: date) -> str:
    return translate("%(year)s年%(month)s月%(day)s日") % {"year": day.year, "month": day.month, "day": day.day}
