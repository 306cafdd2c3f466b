"""Each event taken by hand: its form, the action it calls, and what is said when it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from firms.acting import Acting
from firms.verbs import Label
from trials.actions.agreement import starting, terms
from trials.actions.conversion import offers, retention
from trials.actions.matching import proposals
from trials.actions.outcome import ending, intent, taking_back
from trials.forms import steps as forms
from trials.models import Placement
from trials.states import Party

Given = dict[str, Any]


@dataclass(frozen=True)
class Step:
    form: type[forms.StepForm]
    act: Callable[[Placement, Party, Given, Acting], object]
    done: Label


def answer_intent(placement: Placement, side: Party, given: Given, by: Acting) -> None:
    told = {"reason": given.get("reason", ""), "words": given.get("words", "")}
    intent.answer(placement, side=side, is_yes=given["wish"] == "yes", by=by, **told)


def notify_agency(placement: Placement, side: Party, given: Given, by: Acting) -> None:
    terms.notify_agency(placement, by=by, **given)


def answer_check(placement: Placement, side: Party, given: Given, by: Acting) -> None:
    left = {"left_on": given["left_on"], "left_because": given["left_because"]}
    retention.answer_check(placement, side=side, is_employed=given["here"] == "yes", by=by, **left)


def go_back(placement: Placement, side: Party, given: Given, by: Acting) -> None:
    taking_back.back_out(placement, side=side, by=by, **given)


STEPS: dict[str, Step] = {
    "prepare": Step(
        forms.PrepareForm, lambda p, s, given, by: proposals.prepare(p, by=by, **given), _("準備を記録しました。")
    ),
    "propose": Step(
        forms.ProposeForm, lambda p, s, given, by: proposals.propose(p, by=by, **given), _("双方に打診しました。")
    ),
    "view": Step(
        forms.ViewForm, lambda p, s, given, by: proposals.record_viewing(p, by=by, **given), _("記録しました。")
    ),
    "agree": Step(
        forms.StepForm, lambda p, side, given, by: proposals.agree(p, side=side, by=by), _("打診を受けました。")
    ),
    "decline": Step(
        forms.DeclineForm,
        lambda p, side, given, by: proposals.decline(p, side=side, by=by, **given),
        _("打診を断りました。"),
    ),
    "notify": Step(forms.NotifyForm, notify_agency, _("派遣元に通知しました。")),
    "draft": Step(
        forms.DraftForm, lambda p, s, given, by: terms.draft(p, by=by, **given), _("三者に署名をお願いしました。")
    ),
    "call_off": Step(
        forms.ReasonForm,
        lambda p, side, given, by: taking_back.call_off(p, side=side, by=by, **given),
        _("条件の取決めをやめました。"),
    ),
    "cancel": Step(
        forms.CancelForm,
        lambda p, side, given, by: taking_back.cancel(p, side=side, by=by, **given),
        _("契約を取りやめました。"),
    ),
    "worker_back_out": Step(forms.ReasonForm, go_back, _("採用の希望を取り下げました。")),
    "host_back_out": Step(forms.HostBackOutForm, go_back, _("採用の希望を取り下げました。")),
    "fall_through": Step(forms.ReasonForm, go_back, _("採用の話がなくなったことを記録しました。")),
    "start": Step(forms.StartForm, lambda p, s, given, by: starting.start(p, by=by, **given), _("開始しました。")),
    "fail_to_start": Step(
        forms.ReasonForm,
        lambda p, s, given, by: starting.record_not_started(p, by=by, **given),
        _("開始しなかったことを記録しました。"),
    ),
    "suspend": Step(
        forms.SuspendForm, lambda p, s, given, by: starting.suspend(p, by=by, **given), _("休止しました。")
    ),
    "resume": Step(forms.StepForm, lambda p, s, given, by: starting.resume(p, by=by), _("復帰しました。")),
    "extend": Step(
        forms.ExtendForm, lambda p, s, given, by: terms.extend(p, by=by, **given), _("三者に署名をお願いしました。")
    ),
    "answer": Step(forms.AnswerForm, answer_intent, _("意向を受け付けました。相手には、双方がそろうまで見えません。")),
    "offer": Step(
        forms.OfferForm, lambda p, s, given, by: offers.offer(p, by=by, **given), _("採用条件を明示しました。")
    ),
    "accept": Step(forms.StepForm, lambda p, s, given, by: offers.accept(p, by=by), _("採用を承諾しました。")),
    "refuse_offer": Step(
        forms.StepForm, lambda p, s, given, by: offers.refuse_offer(p, by=by), _("採用を辞退しました。")
    ),
    "check": Step(forms.CheckForm, answer_check, _("回答しました。")),
    "left": Step(
        forms.LeftForm, lambda p, s, given, by: retention.record_left(p, by=by, **given), _("離職を記録しました。")
    ),
    "end": Step(
        forms.EndForm,
        lambda p, side, given, by: ending.end_early(p, side=side, by=by, **given),
        _("途中の終了を記録しました。"),
    ),
    "rematch": Step(
        forms.StepForm, lambda p, s, given, by: ending.rematch(p, by=by), _("次のトライアルを始めました。")
    ),
    "dispatch": Step(
        forms.StepForm, lambda p, s, given, by: ending.turn_to_dispatch(p, by=by), _("通常の派遣に切り替えました。")
    ),
    "close": Step(forms.StepForm, lambda p, s, given, by: ending.close(p, by=by), _("終結しました。")),
    "withdraw": Step(forms.StepForm, lambda p, s, given, by: ending.withdraw(p, by=by), _("参加をやめました。")),
}
