"""The rows of tables that are two hundred people long, written by patterns: a template takes ten times as long.

What is drawn by a template of its own (a chip, a mark) is drawn once for all that look alike.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString

from courses.models import Enrolment
from courses.queries.completion.completion import Completion
from courses.states import EnrolmentState
from firms.web.rows import Parts, addresses, joined, pattern
from firms.words.japanese import jdatetime
from firms.words.saying import said as _

register = template.Library()
NONE = SafeString("")
SENT_BY = pattern('<br><span class="soft small">{firm}</span>')


def sent_by(enrolment: Enrolment) -> SafeString:
    """The firm below a name, where one sends the person."""
    return SENT_BY(firm=enrolment.employment.establishment.organisation.name) if enrolment.employment else NONE


# --- the people of a run ---

PERSON = pattern(
    '<li><div class="grow"><span class="title">{name}</span><p class="meta">{firm} <span>{applied}</span> {quota}</p>'
    "{standing}{left}</div> {chip} {act}</li>\n"
)
FIRM = pattern("<span>{name}</span>")
STANDING = pattern('<p class="soft small">{words}</p>')
TAKE_BACK = pattern('<a class="btn btn-text btn-sm" href="{url}">{words}<span class="sr-only">{name}</span></a>')


@register.simple_tag(takes_context=True)
def run_people(context: template.Context) -> SafeString:
    """Everybody in `people`; `asked`, `may` and `has_begun` are at hand."""
    parts, url = Parts(), addresses("courses:take_back")
    words = {"applied": _("申込 %(at)s"), "quota": FIRM(name=_("確保した席")), "take_back": _("取り消す")}
    asked = {seat.enrolment.pk for seat in context["asked"]}
    takes_back = context["may"].get("take_back") and not context["has_begun"]
    rows = []
    for seat in context["people"]:
        one = seat.enrolment
        act = NONE
        if one.pk not in asked and takes_back and one.state == EnrolmentState.ACCEPTED:
            act = TAKE_BACK(url=url(one.pk), words=words["take_back"], name=one.person.full_name)
        elif one.pk not in asked and seat.is_sent and not context["has_begun"] and one.is_open:
            act = own_form(context, one)
        rows.append(person_row(seat, parts, words=words, act=act))
    return joined(rows)


def own_form(context: template.Context, enrolment: Enrolment) -> SafeString:
    """A form has a token and a mark of its own each time."""
    shown = {"enrolment": enrolment, "acting": context["acting"], "csrf_token": context.get("csrf_token")}
    return SafeString(get_template("courses/seats/parts/cancel_form.html").render(shown))


def person_row(seat: Any, parts: Parts, *, words: Mapping[str, str], act: SafeString) -> SafeString:
    one, standing = seat.enrolment, seat.standing
    note = parts.draw("courses/seats/parts/left_note.html", seat.left_on, day=seat.left_on) if seat.left_on else NONE
    return PERSON(
        name=one.person.full_name,
        firm=FIRM(name=one.employment.establishment.organisation.name) if one.employment else NONE,
        applied=words["applied"] % {"at": jdatetime(one.applied_at)},
        quota=words["quota"] if one.quota_id else NONE,
        standing=STANDING(words=standing.firm) if standing.firm else NONE,
        left=note,
        chip=parts.chip(standing.word, standing.tone),
        act=act,
    )


# --- completion ---

RESULT = pattern(
    '<tr><th scope="row">{name}{firm}</th>{requirements}<td data-label="{result}">{state}{overtaken}</td>'
    '<td data-label="{paper}">{certificate}</td></tr>\n'
)
UNDECIDABLE = pattern("<li> {name}: {lacking} </li>\n")
REQUIREMENT = pattern('<td data-label="{label}">{state}<br><span class="small">{because}</span></td>')
SMALL = pattern('<br><span class="small">{words}</span>')
NOTHING = SafeString('<span class="soft">—</span>')


@register.simple_tag
def completion_rows(rows: Iterable[Completion], decides: bool) -> SafeString:
    """`decides`: the reader may revoke and reissue certificates."""
    parts = Parts()
    words = {"result": _("結果"), "paper": _("修了証")}
    return joined(completion_row(row, parts, words=words, decides=decides) for row in rows)


@register.simple_tag
def undecidable_rows(rows: Iterable[Completion]) -> SafeString:
    parts = Parts()
    return joined(UNDECIDABLE(name=row.enrolment.person.full_name, lacking=lacking(row, parts)) for row in rows)


def lacking(row: Completion, parts: Parts) -> SafeString:
    shows = (tuple(lesson.pk for lesson in row.unmarked), tuple(row.requirements))
    return parts.draw("courses/completion/parts/lacking.html", shows, row=row)


def completion_row(row: Completion, parts: Parts, *, words: Mapping[str, str], decides: bool) -> SafeString:
    return RESULT(
        **words,
        name=row.enrolment.person.full_name,
        firm=sent_by(row.enrolment),
        requirements=joined(requirement(one, parts) for one in row.requirements),
        state=result_of(row.enrolment, parts) if row.is_decided else parts.chip(_("未決定")),
        overtaken=SMALL(words=_("いまの記録では「%(label)s」です。") % {"label": row.outcome.label})
        if row.is_overtaken
        else NONE,
        certificate=certificate_of(row, parts, decides=decides),
    )


def requirement(one: Any, parts: Parts) -> SafeString:
    state = parts.draw("components/check_state.html", str(one.standing), standing=one.standing)
    return REQUIREMENT(label=one.label, state=state, because=one.because)


def result_of(enrolment: Enrolment, parts: Parts) -> SafeString:
    return parts.draw("components/state_chip.html", enrolment.state, thing=enrolment)


def certificate_of(row: Completion, parts: Parts, *, decides: bool) -> SafeString:
    if row.certificate is None:
        return NOTHING
    return parts.draw("courses/completion/parts/certificate_cell.html", row.certificate.pk, row=row, decides=decides)


# --- the roster of a lesson ---

LINE = pattern(
    '<tr><th scope="row">{name} {firm} {errors} <input type="hidden" name="{prefix}-seen" value="{seen}"></th>'
    '{statuses}{late}{early}<td data-label="{record}"> {mark} {scans} </td>{reason}</tr>\n'
)
STATUS = pattern(
    '<td data-label="{label}" class="tight"><label class="choice"><input type="radio" name="{prefix}-status" '
    'value="{value}"{checked}{disabled}><span class="sr-only">{name} {label}</span></label></td>'
)
MINUTES = pattern(
    '<td data-label="{label}"><input class="input" type="number" inputmode="numeric" min="0" name="{prefix}-{field}" '
    'value="{value}" aria-label="{name} {label}"{invalid}{disabled}></td>'
)
REASON = pattern(
    '<td data-label="{label}"><input class="input" type="text" maxlength="200" name="{prefix}-reason" '
    'value="{value}" aria-label="{name} {label}"{invalid}></td>'
)
NO_REASON = pattern('<td data-label="{label}"></td>')
ERROR = pattern('<p class="error-text" id="{prefix}-error">{icon}<span>{sentence}</span></p>')
INVALID = pattern(' aria-invalid="true" aria-describedby="{prefix}-error"')
MARK = pattern(
    '{mark} <br>{source}{word} <br><a class="small nowrap" href="{url}">{history}<span class="sr-only">{name}</span></a>'
)
UNMARKED = pattern('<span class="soft">{words}</span>')
CHECKED, FOCUSED, DISABLED = SafeString(" checked"), SafeString(" checked autofocus"), SafeString(" disabled")


@register.simple_tag(takes_context=True)
def roster_rows(context: template.Context) -> SafeString:
    """Everybody in `rows`, each with the form of the line; `is_open`, `has_scans` and `has_marks` are at hand."""
    table = Roster(is_open=context["is_open"], has_scans=context["has_scans"], has_marks=context["has_marks"])
    return joined(table.row(row, is_first=n == 0) for n, row in enumerate(context["rows"]))


class Roster:
    """What all rows of one roster share: its words in the reader's language, and what was drawn already."""

    def __init__(self, *, is_open: bool, has_scans: bool, has_marks: bool) -> None:
        self.has_scans, self.has_marks = has_scans, has_marks
        self.disabled = NONE if is_open else DISABLED
        self.parts, self.url = Parts(), addresses("courses:mark_correct")
        self.words = {
            "late": _("遅刻（分）"),
            "early": _("早退（分）"),
            "record": _("記録"),
            "reason": _("訂正の理由"),
            "history": _("履歴・訂正"),
            "more": _("履歴・訂正（%(n)s件）"),
        }
        self.unmarked = UNMARKED(words=_("未記録"))

    def row(self, row: Any, *, is_first: bool) -> SafeString:
        form, name = row.form, row.enrolment.person.full_name
        return LINE(
            name=name,
            firm=sent_by(row.enrolment),
            errors=self.errors(form),
            prefix=form.prefix,
            seen=row.mark.pk if row.mark else "",
            statuses=self.statuses(form, name, is_first=is_first),
            late=self.minutes(form, "late", name),
            early=self.minutes(form, "early", name),
            record=self.words["record"],
            mark=self.mark(row, name) if row.mark else self.unmarked,
            scans=self.scans(row.presence) if self.has_scans else NONE,
            reason=self.reason(row, name) if self.has_marks else NONE,
        )

    def errors(self, form: Any) -> SafeString:
        said = [sentence for sentences in form.errors.values() for sentence in sentences]
        if not said:
            return NONE
        icon = self.parts.icon("error")
        return joined(ERROR(prefix=form.prefix, icon=icon, sentence=sentence) for sentence in said)

    def statuses(self, form: Any, name: str, *, is_first: bool) -> SafeString:
        chosen = value_of(form, "status")
        checked = FOCUSED if is_first else CHECKED
        cells = [
            STATUS(
                label=label,
                prefix=form.prefix,
                value=value,
                checked=checked if chosen == value else NONE,
                disabled=self.disabled,
                name=name,
            )
            for value, label in form.fields["status"].choices
        ]
        return joined(cells)

    def minutes(self, form: Any, field: str, name: str) -> SafeString:
        return MINUTES(
            label=self.words[field],
            prefix=form.prefix,
            field=field,
            value=value_of(form, field),
            name=name,
            invalid=invalid(form, field),
            disabled=self.disabled,
        )

    def reason(self, row: Any, name: str) -> SafeString:
        label, form = self.words["reason"], row.form
        if not row.mark:
            return NO_REASON(label=label)
        value = value_of(form, "reason")
        return REASON(label=label, prefix=form.prefix, value=value, name=name, invalid=invalid(form, "reason"))

    def mark(self, row: Any, name: str) -> SafeString:
        mark, count = row.mark, len(row.history)
        return MARK(
            mark=self.chip_of(mark),
            source=self.parts.chip(mark.get_source_display()),
            word=self.word(mark.word) if mark.word else NONE,
            url=self.url(mark.pk),
            history=self.words["more"] % {"n": count} if count > 1 else self.words["history"],
            name=name,
        )

    def chip_of(self, mark: Any) -> SafeString:
        shows = (mark.is_void, mark.is_absence, mark.minutes, mark.late_minutes, mark.early_minutes)
        return self.parts.draw("courses/attendance/parts/mark_chip.html", shows, mark=mark)

    def word(self, given: Any) -> SafeString:
        shows = (given.agrees, given.comment)
        return SafeString(" " + self.parts.draw("courses/catalogue/parts/word_chip.html", shows, given=given))

    def scans(self, presence: Any) -> SafeString:
        return SafeString("<br>" + self.parts.draw("courses/attendance/parts/scans.html", presence, presence=presence))


def value_of(form: Any, name: str) -> object:
    """What the field shows: as typed, or as it stands; a field that was not sent yet needs no bound one for it."""
    value = form[name].value() if form.is_bound else form.initial.get(name, form.fields[name].initial)
    return "" if value is None else value


def invalid(form: Any, field: str) -> SafeString:
    return INVALID(prefix=form.prefix) if field in form.errors else NONE
