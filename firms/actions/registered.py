"""Whether an organisation may still begin something: asked by every action that begins anything for it."""

from datetime import date

from firms.errors import Refused
from firms.models import Organisation
from firms.words.days import day_words
from firms.words.saying import said as _


def refuse_deregistered(organisation: Organisation, *, on: date) -> None:
    if organisation.deregistered_on is not None and not organisation.is_registered_on(on):
        raise Refused(
            _("「%(name)s」は%(day)sに登録が抹消されたため、新しい手続きはできません。区にお尋ねください。")
            % {"name": organisation, "day": day_words(organisation.deregistered_on)}
        )
