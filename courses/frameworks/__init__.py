"""The skill standards (デジタルスキル標準, GXスキル標準) as dated data: what courses are tagged with and people gain.

An item's key, such as "dss-p:2.0:3.2.1", names standard, edition and item; it is what the tables keep. Items of an
edition that was replaced keep their labels, but are no longer offered.
"""

from courses.frameworks.editions import Category, Framework, Item, Subcategory
from courses.frameworks.loading import FrameworkError, current_frameworks
from firms.words.searching import search_form

__all__ = [
    "Category",
    "Framework",
    "FrameworkError",
    "Item",
    "Subcategory",
    "choices",
    "current",
    "current_frameworks",
    "editions",
    "item",
    "label",
    "search",
    "shown",
]

Choice = tuple[str, str]


def current() -> tuple[Framework, ...]:
    """The editions in force, one of each standard."""
    return current_frameworks().current


def editions() -> tuple[Framework, ...]:
    """Every edition we hold, those in force first."""
    return current_frameworks().editions


def item(key: str) -> Item | None:
    """The item of a key, of replaced editions too; None where there is none such."""
    return current_frameworks().by_key.get(key)


def label(key: str) -> str:
    """The item's name; the key itself where no file knows it any more."""
    found = item(key)
    return found.label if found else key


def shown(key: str) -> Item:
    """The item, or a bare one that bears its key, so that what was earned never vanishes from a page."""
    return item(key) or Item(key=key, code=key, label=key, also="", edition="", category="", subcategory="")


def search(words: str) -> list[Item]:
    """Items in force in which every word occurs; width, case and kana are forgiven. No words, no items."""
    wanted = search_form(words).split()
    if not wanted:
        return []
    return [one for one in current_frameworks().current_items() if all(word in one.search_text for word in wanted)]


def choices() -> list[tuple[str, list[Choice]]]:
    """For a picker: items in force, grouped by standard and category."""
    return [
        (f"{framework.name} {category.label}", [(one.key, one.label) for one in category.items])
        for framework in current()
        for category in framework.categories
    ]
