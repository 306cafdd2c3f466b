"""What a firm stated for its papers, and the way a case is filed, stay as they were written."""

from django.db import migrations

from firms.ledgers.append_only import append_only, bound

CASE_OF = """
SELECT COALESCE((
    SELECT place.organisation_id FROM grants_grantcase AS held
    JOIN firms_establishment AS place ON place.id = held.establishment_id WHERE held.id = NEW.case_id
), NEW.firm_id)
"""


class Migration(migrations.Migration):
    dependencies = [("grants", "0020_stated"), ("firms", "0002_append_only")]

    operations = [
        append_only("grants_statement", "grants_channel"),
        # A statement on a case is one of that case's firm.
        bound("grants_statement", "firm_id", to=CASE_OF),
    ]
