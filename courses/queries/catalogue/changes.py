"""One number that is another after every change of what open pages show: kept pages carry it."""

from django.db.models import F, Q, QuerySet, Sum

from courses.models import ChangeCount, Run


def changes_of_all() -> int:
    """One query, as those below."""
    return total(ChangeCount.objects.all())


def changes_of_course(pk: int) -> int:
    runs = Run.objects.filter(course=pk).order_by().values("pk")
    return total(ChangeCount.objects.filter(Q(about__in=[0, -pk]) | Q(about__in=runs)))


def changes_of_run(pk: int) -> int:
    """Its own and those of its course; what becomes of a sibling does not show."""
    course = Run.objects.filter(pk=pk).order_by().values(counter=F("course") * -1)
    return total(ChangeCount.objects.filter(Q(about__in=[0, pk]) | Q(about__in=course)))


def total(counts: QuerySet[ChangeCount]) -> int:
    return int(counts.aggregate(n=Sum("changes"))["n"] or 0)
