"""manage.py found: starts a real site with its ward and the first officer."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from firms.actions.founding import first_password_link, found_ward
from firms.errors import Refused
from firms.queries import today


class Command(BaseCommand):
    help = "Registers the ward of a new site and its first officer, and prints the link to choose a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--ward", required=True, help="the ward's name")
        parser.add_argument("--email", required=True, type=validated_email, help="the first officer's address")
        parser.add_argument("--family-name", required=True)
        parser.add_argument("--given-name", default="")

    def handle(self, *args: Any, ward: str, email: str, family_name: str, given_name: str, **options: Any) -> None:
        try:
            officer = found_ward(ward, email=email, family_name=family_name, given_name=given_name, on=today())
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"{officer.full_name} chooses a password here: {first_password_link(officer)}")


def validated_email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as wrong:
        raise ArgumentTypeError(f"{text!r} is not an e-mail address") from wrong
    return text
