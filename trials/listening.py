"""What trials/ hears from the journal: the last signature of a trial's paper."""

from django.db import models

from firms.models import Document
from trials.actions.agreement.terms import settle

PLACEMENT = "trials.placement"


def document_signed(subject: models.Model, verb: str) -> None:
    """In the transaction of the signature: what it cannot stand for refuses it."""
    if verb == "document.complete" and isinstance(subject, Document) and subject.subject_type == PLACEMENT:
        settle(subject)
