"""The papers of a session and of a request: 活動報告書 of the マイスター and 実施結果報告書 of the host, of frozen facts alone."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from firms.models import Signature
from firms.papers.press import render
from mentors.models import LogFacts, SessionLog

FOOT = "Takumi 作成　記録 第{edition}版（{written}）から。様式は区の標準で、国・都道府県の様式とは照合していません。"


def log_context(frozen: LogFacts) -> dict[str, Any]:
    """The facts with their days and moments read."""
    facts = frozen.lifted
    written = datetime.fromisoformat(facts["written_at"])
    foot = FOOT.format(edition=facts["edition"], written=f"{written:%Y-%m-%d %H:%M}")
    return {**facts, "on": date.fromisoformat(facts["on"]), "written_at": written, "foot": foot}


def activity_report(frozen: LogFacts, signed: Signature | None, *, note: str) -> bytes:
    """`signed` is the host's own row, which nobody changes; `note` says why it may be missing."""
    context = {**log_context(frozen), "signed": signed, "note": note, "spec": spec("マイスター活動報告書")}
    return render("mentors/papers/activity_report.html", context)


def host_report(logs: Sequence[SessionLog]) -> bytes:
    """Every session of one request that was told, in the words of the newest telling of each."""
    rows = [log_context(log.frozen) for log in logs]
    first = rows[0]
    context = {
        "spec": spec("実技指導実施結果報告書"),
        "foot": f"Takumi 作成　実技指導{len(rows)}回の記録から。様式は区の標準です。",
        "rows": rows,
        "minutes": sum(row["actual"]["minutes"] for row in rows),
        "people": learners_of(rows),
        **{name: first[name] for name in ("host", "ward", "mentor", "occupation", "need", "machine")},
    }
    return render("mentors/papers/host_report.html", context)


def learners_of(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each learner once: how often and long they were there, from where to where they came."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        for one in row["learners"]:
            kept = found.setdefault(one["name"], {**one, "times": 0, "minutes": 0})
            if one["minutes"]:
                kept.update(times=kept["times"] + 1, minutes=kept["minutes"] + one["minutes"], after=one["after"])
    return list(found.values())


def spec(title: str) -> dict[str, str]:
    return {"name": title, "label": title, "title": title}
