"""One search over what a person may see: each app says in a module of its own what can be found and how it is shown."""

from lms.searching import courses, firms, grants, mentors, trials
from lms.searching.providers import Found, Hit, Provider, search, words_of

PROVIDERS: tuple[Provider, ...] = (
    *firms.PROVIDERS,
    *courses.PROVIDERS,
    *grants.PROVIDERS,
    *trials.PROVIDERS,
    *mentors.PROVIDERS,
)

__all__ = ["PROVIDERS", "Found", "Hit", "Provider", "search", "words_of"]
