"""What an edition of a skill standard is made of: categories, their parts, and the items courses teach."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from firms.words.searching import search_form

KEY_LENGTH = 40
SHOWN_DATES = {"day": "%Y年%-m月%-d日", "month": "%Y年%-m月", "year": "%Y年"}


@dataclass(frozen=True)
class Item:
    """One thing a person can learn. `also` are words of ours to find it by; they are not the standard's."""

    key: str
    code: str
    label: str
    also: str
    edition: str
    category: str
    subcategory: str

    @property
    def full_label(self) -> str:
        return f"{self.label}（{self.edition}）"

    @cached_property
    def search_text(self) -> str:
        return search_form(" ".join([self.label, self.also, self.subcategory, self.category, self.code, self.edition]))


@dataclass(frozen=True)
class Subcategory:
    """A part of a category; one without a name where the standard, as we know it, has no such parts."""

    code: str
    label: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Category:
    code: str
    label: str
    subcategories: tuple[Subcategory, ...]

    @property
    def items(self) -> list[Item]:
        return [item for part in self.subcategories for item in part.items]


@dataclass(frozen=True)
class Framework:
    """One edition of one standard, with where its names come from and how far they can be trusted."""

    code: str
    version: str
    short: str
    title: str
    authority: str
    field: str
    purpose: str
    published_on: date
    precision: str
    source: str
    address: str
    confidence: str
    note: str
    replaced_by: str
    categories: tuple[Category, ...]

    @property
    def key(self) -> str:
        return f"{self.code}:{self.version}"

    @property
    def name(self) -> str:
        return f"{self.short} {self.version}"

    @property
    def published(self) -> str:
        """As exactly as the source knows it."""
        return self.published_on.strftime(SHOWN_DATES[self.precision])

    @property
    def is_current(self) -> bool:
        return not self.replaced_by

    @property
    def items(self) -> list[Item]:
        return [item for category in self.categories for item in category.items]


@dataclass(frozen=True)
class Frameworks:
    """Every edition we hold, the present ones first, and their items by key."""

    editions: tuple[Framework, ...]

    @cached_property
    def by_key(self) -> dict[str, Item]:
        return {item.key: item for edition in self.editions for item in edition.items}

    @cached_property
    def current(self) -> tuple[Framework, ...]:
        return tuple(edition for edition in self.editions if edition.is_current)

    def current_items(self) -> Iterator[Item]:
        return (item for edition in self.current for item in edition.items)
