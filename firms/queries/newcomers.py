"""What an officer compares a firm that asks to take part with."""

from django.db.models import Q

from firms.models import Newcomer, Organisation
from firms.models.newcomers import NewcomerQuerySet


def registered_as(newcomer: Newcomer) -> list[Organisation]:
    """Organisations with its number, or with its very name: those it may already be."""
    same = Q(name=newcomer.name)
    if newcomer.corporate_number:
        same |= Q(corporate_number=newcomer.corporate_number)
    return list(Organisation.objects.filter(same).exclude(newcomer=newcomer))


def alike(newcomer: Newcomer) -> NewcomerQuerySet:
    """Other requests of the same number or name that wait."""
    same = Q(name=newcomer.name)
    if newcomer.corporate_number:
        same |= Q(corporate_number=newcomer.corporate_number)
    return Newcomer.objects.waiting().filter(same).exclude(pk=newcomer.pk)
