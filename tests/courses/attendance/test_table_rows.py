"""Rows of long tables: nothing that somebody typed becomes markup, and each row says what it said."""

import re

import pytest
from django.urls import reverse

from courses.models import AttendanceMark, Enrolment
from firms.models import Organisation, Person

HOSTILE = """<script>alert("1")</script>'&"""
SHOWN = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#x27;&amp;"


@pytest.fixture
def hostile(held, seated, establishment):
    """Three people with a seat, whose names and firm are markup; the first lesson is behind them."""
    people = seated(held, 3)
    Person.objects.filter(pk__in=[one.person_id for one in people]).update(family_name=HOSTILE)
    Organisation.objects.filter(pk=establishment.organisation_id).update(name=HOSTILE)
    return held


PAGES = {"courses:run": "coordinator", "courses:completion": "coordinator", "courses:roster": "instructor"}


@pytest.mark.parametrize("name", PAGES)
def test_names_are_text(name, hostile, request):
    keeper = request.getfixturevalue(PAGES[name])
    subject = hostile.lessons.get(number=1) if name == "courses:roster" else hostile

    page = keeper.client().get(reverse(name, args=[subject.pk])).content.decode()

    assert "<script>alert" not in page
    assert page.count(SHOWN) >= 6


def test_what_was_typed_into_a_refused_roster_is_text(hostile, instructor):
    lesson, one = hostile.lessons.get(number=1), Enrolment.objects.filter(run=hostile).first()
    typed = {f"e{one.pk}-status": "present", f"e{one.pk}-late": '"><b>5', f"e{one.pk}-early": ""}

    page = instructor.client().post(reverse("courses:roster", args=[lesson.pk]), typed).content.decode()

    row = re.search(rf'<tr>(?:(?!</tr>).)*name="e{one.pk}-late".*?</tr>', page, re.DOTALL)[0]
    assert 'value="&quot;&gt;&lt;b&gt;5"' in row
    assert f'aria-invalid="true" aria-describedby="e{one.pk}-error"' in row
    assert f'<p class="error-text" id="e{one.pk}-error">' in row


def test_the_first_row_has_the_focus_and_marks_have_their_reason(held, seated, instructor):
    lesson, people = held.lessons.get(number=1), seated(held, 2)
    client, url = instructor.client(), reverse("courses:roster", args=[lesson.pk])
    form = {f"e{one.pk}-{field}": value for one in people for field, value in (("status", "present"), ("seen", ""))}
    client.post(url, form | {f"e{people[0].pk}-late": "7"})

    page = client.get(url).content.decode()

    assert (page.count(" autofocus"), page.count(" checked")) == (1, 2)
    assert len(re.findall(r'name="e\d+-reason" value=""', page)) == 2
    late = AttendanceMark.objects.get(enrolment=people[0])
    assert f'name="e{people[0].pk}-seen" value="{late.pk}"' in page
    assert f'name="e{people[0].pk}-late" value="7"' in page
    assert reverse("courses:mark_correct", args=[late.pk]) in page
