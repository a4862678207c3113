"""People coming and going, each step with its trace."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.training.world import FIRST_DAY, mark, organisation, user
from training.actions import (
    NewPerson,
    add_participant,
    change_enrolment,
    enrol,
    enrol_people,
    take_back,
    withdraw,
)
from training.models import Employment, Enrolment, Participant


def fresh(enrolment):
    return Enrolment.objects.get(pk=enrolment.pk)


def test_a_new_person_comes_with_his_work_and_his_keys(filled):
    who = NewPerson(
        "Pēteris", "Mežals", "p@example.invalid", filled.carer, organisation("dienests"), "aprūpe"
    )
    person = add_participant(user=None, person=who, since=FIRST_DAY)
    stored = Participant.objects.get(pk=person.pk)
    assert stored.search_key == "mezals peteris mezals"
    work = Employment.objects.get()
    assert (work.participant, work.position, work.valid_from) == (person, "aprūpe", FIRST_DAY)


def test_enrolling_leaves_a_trace_and_happens_once(filled):
    account = user("c@example.invalid")
    person = add_participant(user=account, person=NewPerson("Guntra", "Rubene"))
    place = enrol(user=account, group=filled.group, participant=person, since=FIRST_DAY)
    assert list(place.changes.values_list("old_state", "new_state", "on", "user")) == [
        ("", "active", FIRST_DAY, account.pk)
    ]
    with pytest.raises(ValidationError):
        enrol(user=account, group=filled.group, participant=person, since=FIRST_DAY)


def test_a_list_of_people_is_enrolled_in_few_queries(filled, django_assert_max_num_queries):
    people = [NewPerson(f"Vārds{i}", "Uzvārds", job_category=filled.worker) for i in range(30)]
    with django_assert_max_num_queries(8):
        places = enrol_people(
            user=None, group=filled.group, people=people, since=FIRST_DAY, is_demo=True
        )
    assert len(places) == 30
    assert Participant.objects.filter(is_demo=True).count() == 30


def test_leaving_keeps_the_marks_and_says_why(filled):
    mark(filled, 0, 0, "present")
    left = withdraw(user=None, enrolment=filled.enrolments[0], on=FIRST_DAY, reason="Cits darbs")
    assert (left.state, left.until, left.minutes_attended) == ("withdrawn", FIRST_DAY, 360)
    assert left.changes.last().reason == "Cits darbs"
    back = take_back(user=None, enrolment=left)
    assert (back.state, back.until) == ("active", None)


@pytest.mark.parametrize("on", [FIRST_DAY - timedelta(days=1), FIRST_DAY])
def test_nobody_leaves_before_he_came_or_was_last_marked(filled, on):
    mark(filled, 0, 1, "present")
    with pytest.raises(ValidationError) as caught:
        withdraw(user=None, enrolment=filled.enrolments[0], on=on)
    assert list(caught.value.message_dict) == ["on"]
    assert fresh(filled.enrolments[0]).state == "active"


@pytest.mark.parametrize("text", ["a\u202eb", "x" * 301])
def test_words_that_no_form_judged_are_judged_here(filled, text):
    place = filled.enrolments[0]
    with pytest.raises(ValidationError) as caught:
        withdraw(user=None, enrolment=place, on=FIRST_DAY, reason=text)
    assert list(caught.value.message_dict) == ["reason"]
    who = NewPerson("Rita", text, job_category=filled.worker)
    with pytest.raises(ValidationError) as caught:
        enrol_people(user=None, group=filled.group, people=[who], since=FIRST_DAY)
    assert list(caught.value.message_dict) == ["family_name"]


def test_nobody_leaves_on_a_day_ahead(filled):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError) as caught:
        withdraw(user=None, enrolment=filled.enrolments[0], on=tomorrow)
    assert list(caught.value.message_dict) == ["on"]
    assert fresh(filled.enrolments[0]).state == "active"


def test_leaving_twice_and_returning_twice_are_one_step_each(filled):
    place = filled.enrolments[0]
    for _press in range(2):
        withdraw(user=None, enrolment=place, on=FIRST_DAY)
    with pytest.raises(ValidationError):
        withdraw(user=None, enrolment=place, on=FIRST_DAY + timedelta(days=1))
    assert fresh(place).until == FIRST_DAY
    for _press in range(2):
        take_back(user=None, enrolment=place)
    steps = place.changes.values_list("old_state", "new_state")
    assert list(steps) == [("", "active"), ("active", "withdrawn"), ("withdrawn", "active")]


def test_a_change_of_category_must_fit_the_marks(filled):
    filled.sessions[0].module = filled.care
    filled.sessions[0].save()
    mark(filled, 2, 0, "present")
    carer = fresh(filled.enrolments[2])
    carer.job_category = filled.worker
    with pytest.raises(ValidationError) as caught:
        change_enrolment(user=None, enrolment=carer)
    assert list(caught.value.message_dict) == ["job_category"]
    worker = fresh(filled.enrolments[0])
    worker.job_category = filled.carer
    change_enrolment(user=None, enrolment=worker)
    assert fresh(worker).job_category == filled.carer


def test_a_later_first_day_must_not_lose_marks(filled):
    mark(filled, 0, 0, "present")
    place = fresh(filled.enrolments[0])
    place.since = date(2026, 5, 1)
    with pytest.raises(ValidationError):
        change_enrolment(user=None, enrolment=place)
