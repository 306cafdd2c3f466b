"""What a firm states for its papers beside the training: of itself (`FIRM`), and of one case. Days are ISO dates."""

from typing import TypedDict


class NoticeFacts(TypedDict):
    """Boxes 10, 16, 17 and 18 of 様式第1-1号. `digital` is the group of デジタル人材, empty where the training is for none."""

    has_exam: bool
    exam: str
    exam_on: str | None
    found_by: str
    found_note: str
    is_reduction_offered: bool
    has_material: bool
    digital: str
    men: int | None
    women: int | None
    used_centre: bool


class LecturerFacts(TypedDict):
    """One lecturer of 様式第10号; `grounds` are the letters of what entitles them to teach."""

    name: str
    is_own: bool
    department: str
    position: str
    work: str
    grounds: list[str]
    school: str
    licences: str
    teaching: str
    career: str


class ConfirmationFacts(TypedDict):
    """様式第11号, said by the firm itself: the numbers of the items that were read and do not apply."""

    items: list[str]
    said_by: str
    said_at: str


class DirectorFacts(TypedDict):
    name: str
    kana: str
    former_name: str
    position: str
    born_on: str


class AccountFacts(TypedDict):
    """`kind`: ordinary or checking."""

    bank: str
    branch: str
    bank_code: str
    branch_code: str
    kind: str
    number: str
    holder: str
    holder_kana: str


class HouseFacts(TypedDict):
    """One establishment of the firm; `number` is empty where it is not insured."""

    name: str
    number: str
    employees: int


class PriceFacts(TypedDict):
    """様式第28号: how the fee came about, and what it is without a grant."""

    reason: str
    is_same_without_grant: bool
    fee_without_grant: int | None


class StandingFacts(TypedDict):
    """共通要領様式第1号: the numbers from 4 to 16 answered with 「いいえ」; none where all are 「はい」."""

    refused: list[str]
