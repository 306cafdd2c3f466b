"""A craftsman acts as themselves: what they do here is none of the business of the firm they may also work for."""

from dataclasses import replace

from firms.acting import Acting


def oneself(acting: Acting) -> Acting:
    """The same person on the same day, for no organisation."""
    return replace(acting, membership=None, organisation=None, role="", kind="", clients={})
