"""What trials/ hears from the journal: signatures on a trial's papers."""

from django.db import models

from firms.models import Document
from trials.actions.agreement.terms import refuse_what_is_over, settle

PLACEMENT = "trials.placement"


def document_signed(subject: models.Model, verb: str) -> None:
    """In the transaction of the signature: what it cannot stand for refuses it."""
    if not isinstance(subject, Document) or subject.subject_type != PLACEMENT:
        return
    if verb == "document.sign":
        refuse_what_is_over(subject)
    if verb == "document.complete":
        settle(subject)
