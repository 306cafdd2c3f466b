"""Who may do what in a grant case: the firm itself, or its advisor under mandate (社労士法27条); nobody else at all."""

from firms.acting import Acting
from firms.models import Establishment
from firms.models.mandates import Scope
from firms.models.organisations import Kind, Role
from grants.models import EvidenceRequest, GrantCase


def acts_for(acting: Acting, firm_id: int, scope: Scope = Scope.TRAINING_GRANTS) -> bool:
    """The firm's manager, or anyone of an office whose mandate in force covers the kind of grant."""
    if acting.kind == Kind.FIRM:
        return acting.role == Role.MANAGER and acting.organisation_id == firm_id
    return acting.kind == Kind.OFFICE and firm_id in acting.clients_for(scope)


def applies_for(acting: Acting, firm_id: int, scope: Scope = Scope.TRAINING_GRANTS) -> bool:
    """The firm's manager or its 社会保険労務士; a clerk of the office may prepare, not apply."""
    return acts_for(acting, firm_id, scope) and acting.role in (Role.MANAGER, Role.ADVISOR)


def may_list_cases(acting: Acting) -> bool:
    """Managers of firms and everyone in an advisor office; each sees only the cases visible to them."""
    return acting.kind == Kind.OFFICE or (acting.kind == Kind.FIRM and acting.role == Role.MANAGER)


def may_open_case(acting: Acting, establishment: Establishment) -> bool:
    """The firm itself or its office under mandate."""
    return acts_for(acting, establishment.organisation_id)


def may_open_conversion(acting: Acting, establishment: Establishment) -> bool:
    """The firm itself or its office under a mandate for キャリアアップ助成金."""
    return acts_for(acting, establishment.organisation_id, Scope.CAREER_UP)


def may_prepare(acting: Acting, case: GrantCase) -> bool:
    """Enter what the firm states: 様式第1-3号, answers, payments, contact. Clerks of the office included."""
    return acts_for(acting, case.firm_id, case.scope)


def may_apply(acting: Acting, case: GrantCase) -> bool:
    """Freeze, record a filing, a decision, a payment, or drop: the firm's manager or its 社会保険労務士."""
    return applies_for(acting, case.firm_id, case.scope)


def may_make_papers(acting: Acting, case: GrantCase) -> bool:
    """Application papers are made by the firm or its 社会保険労務士 alone (社労士法27条)."""
    return applies_for(acting, case.firm_id, case.scope)


def may_confirm_destruction(acting: Acting) -> bool:
    """Who applies also confirms what was done away with: a firm's manager or a 社会保険労務士, of the cases they see."""
    return acting.role in (Role.MANAGER, Role.ADVISOR) and may_list_cases(acting)


def may_read_papers(acting: Acting, case: GrantCase) -> bool:
    """Everyone who may prepare the case."""
    return acts_for(acting, case.firm_id, case.scope)


def may_make_consent(acting: Acting, case: GrantCase) -> bool:
    """様式第12号 is the college's own paper: its coordinator takes it home; so may whoever acts for the firm, to send it."""
    is_provider = acting.role == Role.COORDINATOR and acting.organisation_id == case.run.course.college_id
    return is_provider or acts_for(acting, case.firm_id, case.scope)


def may_tell_outside(acting: Acting, establishment: Establishment) -> bool:
    """What was drawn outside Takumi is known to the firm and its office, clerks included."""
    return acts_for(acting, establishment.organisation_id)


def may_see_forecast(acting: Acting, establishment: Establishment) -> bool:
    """What a training may draw is told to the firm that pays for it and to its office."""
    return acts_for(acting, establishment.organisation_id)


def may_see_desk(acting: Acting) -> bool:
    """Everyone in an advisor office."""
    return acting.kind == Kind.OFFICE


def may_see_chances(acting: Acting) -> bool:
    """Who lists cases reads what could be one: a firm of itself, an office of its clients, each as far as its mandate goes."""
    return may_list_cases(acting)


def may_stop_chances(acting: Acting) -> bool:
    """Whether the firm is held against the schemes at night is its own to say, not its office's."""
    return acting.kind == Kind.FIRM and acting.role == Role.MANAGER


def may_count_chances(acting: Acting) -> bool:
    """The ward reads how many firms there are for each scheme, and never which."""
    return acting.kind == Kind.WARD


def may_divide_work(acting: Acting) -> bool:
    """Who leads the office says who works for whom; a clerk tells their own absence alone."""
    return acting.kind == Kind.OFFICE and acting.role == Role.ADVISOR


def may_ask_evidence(acting: Acting) -> bool:
    """Everyone in an advisor office, of its clients."""
    return acting.kind == Kind.OFFICE


def may_answer_request(acting: Acting, request: EvidenceRequest) -> bool:
    """The firm itself: what its office holds it does not send to itself."""
    return acting.kind == Kind.FIRM and acting.role == Role.MANAGER and acting.organisation_id == request.firm_id


def may_keep_workbooks(acting: Acting) -> bool:
    """Official workbooks are marked by whoever applies: a firm's manager or a 社会保険労務士."""
    return acting.role in (Role.MANAGER, Role.ADVISOR)


def may_confirm(acting: Acting, case: GrantCase) -> bool:
    """様式第11号 is confirmed by the firm itself, whoever files it: its own manager alone."""
    return acting.kind == Kind.FIRM and acts_for(acting, case.firm_id, case.scope)
