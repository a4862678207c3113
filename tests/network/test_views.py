"""Pages of the network: lists, details, forms, and what each role reaches."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from network.models import Contact, Delivery, Event, EventState, Publication, Registration
from tests.factories import EnrolmentFactory, OrganisationFactory
from tests.network.world import contact, delivery, event, heads, place, publication

pytestmark = pytest.mark.django_db

LISTS = ["event_list", "publication_list", "contact_list"]


@pytest.fixture(autouse=True)
def english(client):
    client.cookies["language"] = "en"


@pytest.fixture
def coordinator(client, world):
    client.force_login(world.coordinator)
    return client


def url(name, *args):
    return reverse(f"network:{name}", args=args)


def text(response):
    return response.content.decode()


def fill(project, number):
    for each in range(number):
        held = event(project, f"e{each}")
        heads(held, 4, organisation=OrganisationFactory())
        delivery(publication(project, f"p{each}"), 5)
        contact(project, f"Persona {each}", organisation=OrganisationFactory())


@pytest.mark.parametrize(
    ("name", "queries"), [("event_list", 10), ("publication_list", 10), ("contact_list", 11)]
)
def test_lists_cost_the_same_for_one_row_and_for_three(
    coordinator, world, name, queries, django_assert_num_queries
):
    fill(world.project, 1)
    coordinator.get(url(name))
    with django_assert_num_queries(queries):
        coordinator.get(url(name))
    fill_more(world.project)
    with django_assert_num_queries(queries):
        coordinator.get(url(name))


def fill_more(project):
    for each in ("x", "y"):
        event(project, each)
        publication(project, each)
        contact(project, each)


def test_event_page_costs_the_same_for_one_place_and_for_three(
    coordinator, world, django_assert_num_queries
):
    seminar = event(world.project)
    heads(seminar, 4, organisation=world.town)
    coordinator.get(seminar.get_absolute_url())
    with django_assert_num_queries(11):
        coordinator.get(seminar.get_absolute_url())
    for person in world.people:
        place(seminar, person)
    with django_assert_num_queries(11):
        coordinator.get(seminar.get_absolute_url())


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("admin", 200),
        ("coordinator", 200),
        ("partner", 200),
        ("officer", 200),
        ("stranger", 200),
        ("funder", 403),
    ],
)
def test_lists_are_for_everyone_but_the_funder(client, world, name, role, status):
    client.force_login(getattr(world, role))

    assert client.get(url(name)).status_code == status


def test_lists_show_own_projects_only(client, world):
    event(world.project, name_lv="Mūsu seminārs")
    event(world.foreign, name_lv="Svešs seminārs")
    client.force_login(world.partner)
    page = text(client.get(url("event_list")))

    assert ("Mūsu seminārs" in page, "Svešs seminārs" in page) == (True, False)


@pytest.mark.parametrize("role", ["funder", "stranger"])
def test_details_of_others_do_not_exist(client, world, role):
    client.force_login(getattr(world, role))
    seminar, brochure = event(world.project), publication(world.project)
    person = contact(world.project)
    pages = [
        seminar.get_absolute_url(),
        brochure.get_absolute_url(),
        url("event_edit", seminar.pk),
        url("head_count_add", seminar.pk),
        url("registration_edit", heads(seminar, 2).pk),
        url("delivery_edit", delivery(brochure, 2).pk),
        url("contact_edit", person.pk),
    ]

    assert {client.get(page).status_code for page in pages} == {404}


@pytest.mark.parametrize("role", ["partner", "officer"])
def test_readers_see_but_do_not_change(client, world, role):
    client.force_login(getattr(world, role))
    seminar, brochure = event(world.project, state="planned"), publication(world.project)
    forbidden = [
        url("event_edit", seminar.pk),
        url("event_archive", seminar.pk),
        url("event_hold", seminar.pk),
        url("event_came", seminar.pk),
        url("item_add", seminar.pk),
        url("person_add", seminar.pk),
        url("registration_mark", heads(seminar, 2).pk),
        url("publication_edit", brochure.pk),
        url("delivery_add", brochure.pk),
        url("contact_edit", contact(world.project).pk),
        url("event_add"),
    ]

    assert client.get(seminar.get_absolute_url()).status_code == 200
    assert {client.post(page).status_code for page in forbidden} == {403}
    seminar.refresh_from_db()
    assert seminar.state == EventState.PLANNED


def test_names_of_those_who_came_are_for_those_who_read_names(client, world):
    seminar = event(world.project)
    place(seminar, world.people[0])
    heads(seminar, 12, organisation=world.town)
    name = world.people[0].family_name
    seen = {}
    for role in ("coordinator", "officer", "partner"):
        client.force_login(getattr(world, role))
        seen[role] = name in text(client.get(seminar.get_absolute_url()))

    assert seen == {"coordinator": True, "officer": True, "partner": False}
    assert "12" in text(client.get(seminar.get_absolute_url()))


def event_data(**fields):
    return {
        "name_lv": "Seminārs Rēzeknē",
        "kind": "seminar",
        "state": "planned",
        "start": "03.2026.",
        "end": "15.04.2026.",
        **fields,
    }


def test_an_event_is_added_with_a_month_as_its_start(coordinator, world):
    response = coordinator.post(url("event_add"), event_data())

    added = Event.objects.get()
    assert response.url == added.get_absolute_url()
    assert (added.project, added.code) == (world.project, "seminars-rezekne")
    assert (added.start, added.start_precision) == (date(2026, 3, 1), "month")
    with override("lv"):
        assert added.when == "2026. gada marts – 15.04.2026."


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"end": "15.02.2026."}, "end", "The end is before the start."),
        ({"start": "32.01.2026."}, "start", "There is no such date."),
        ({"name_lv": ""}, "name_lv", "Give the name in at least one language."),
        ({"name_lv": "ā" * 100_000}, "name_lv", "at most 300 characters"),
        ({"name_lv": "a\x00b"}, "name_lv", "Null characters are not allowed."),
        ({"country": "L1"}, "country", "Write two letters"),
        ({"kind": "party"}, "kind", "not one of the available choices"),
        ({"host": "999999"}, "host", "not one of the available choices"),
        ({"target_people": "-3"}, "target_people", "greater than or equal to 0"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_nothing_is_lost(
    coordinator, world, wrong, field, said
):
    response = coordinator.post(url("event_add"), event_data(**wrong, place_lv="Zāle"))

    errors = response.context["form"].errors
    assert response.status_code == 422
    assert said in " ".join(errors[field])
    assert 'value="Zāle"' in text(response)
    assert not Event.objects.exists()


def test_html_in_a_name_is_shown_as_text(coordinator, world):
    held = event(world.project, name_lv="<script>alert(1)</script>")

    page = text(coordinator.get(held.get_absolute_url()))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_code_taken_is_refused_and_an_empty_one_is_numbered(coordinator, world):
    event(world.project, "seminars-rezekne")
    refused = coordinator.post(url("event_add"), event_data(code="seminars-rezekne"))
    coordinator.post(url("event_add"), event_data())

    assert refused.context["form"].errors["code"] == ["This code is taken already."]
    assert set(Event.objects.values_list("code", flat=True)) == {
        "seminars-rezekne",
        "seminars-rezekne-2",
    }


def test_whoever_runs_several_projects_is_asked_which(client, world):
    client.force_login(world.admin)
    asked = client.get(url("event_add"))
    chosen = client.get(url("event_add"), {"project": world.project.code})

    assert asked.templates[0].name == "network/choose_project.html"
    assert chosen.context["lead"] == world.project.title
    assert client.get(url("event_add"), {"project": "none-such"}).status_code == 404


def test_activities_of_another_project_are_not_offered(coordinator, world):
    from tests.network.world import activity

    foreign = activity(world.foreign, "1")
    response = coordinator.post(url("event_add"), event_data(activity=foreign.pk))

    assert "activity" in response.context["form"].errors


def test_an_event_is_held_and_then_counted(coordinator, world):
    seminar = event(world.project, state="planned")
    response = coordinator.post(url("event_hold", seminar.pk), follow=True)

    seminar.refresh_from_db()
    assert seminar.state == EventState.HELD
    assert "Indicators count it now." in text(response)


def listed(client, **query):
    """The codes of the events that a list shows now."""
    rows = client.get(url("event_list"), query).context["table"].rows
    return [row.record.code for row in rows]


def test_an_event_goes_to_the_archive_and_comes_back(coordinator, world):
    archive = url("event_archive", event(world.project).pk)
    put_away, bring_back = {"wanted": "archived"}, {"wanted": "current"}
    for press, shown in ((put_away, []), (put_away, []), (bring_back, ["seminar"])):
        coordinator.post(archive, press)
        assert listed(coordinator) == shown

    coordinator.post(archive, put_away)
    assert listed(coordinator, archived="true") == ["seminar"]


def test_the_programme_numbers_itself(coordinator, world):
    seminar = event(world.project)
    for section, title in [(1, "Atklāšana"), (1, "Pirmā"), (2, "Vizīte")]:
        coordinator.post(
            url("item_add", seminar.pk), {"section": section, "title_lv": title, "position": ""}
        )
    empty = coordinator.post(url("item_add", seminar.pk), {"section": 1})

    assert list(seminar.parts.values_list("section", "position", "title_lv")) == [
        (1, 1, "Atklāšana"),
        (1, 2, "Pirmā"),
        (2, 1, "Vizīte"),
    ]
    assert "Give a title or a speaker." in text(empty)


def test_head_counts_people_and_groups_are_registered(coordinator, world):
    seminar = event(world.project)
    friend = contact(world.project)
    coordinator.post(
        url("head_count_add", seminar.pk),
        {"organisation": world.town.pk, "people": 12, "attended": "true"},
    )
    coordinator.post(url("person_add", seminar.pk), {"contact": friend.pk})
    coordinator.post(url("group_places_add", seminar.pk), {"group": world.group.pk})
    nobody = coordinator.post(url("head_count_add", seminar.pk), {"people": 0})
    none = coordinator.post(url("person_add", seminar.pk), {"participant": ""})

    assert list(
        seminar.registrations.order_by("pk").values_list("people", "attended", "contact")
    ) == [(12, True, None), (1, None, friend.pk), (1, None, None), (1, None, None)]
    assert "At least one person." in text(nobody)
    assert "Choose one person" in text(none)


def test_a_person_of_another_project_cannot_be_registered(coordinator, world):
    from tests.factories import ParticipantFactory

    seminar = event(world.project)
    response = coordinator.post(
        url("person_add", seminar.pk), {"participant": ParticipantFactory().pk}
    )

    assert "does not belong to the project" in text(response)
    assert response.status_code == 422
    assert not Registration.objects.exists()


def found(response):
    return [row.list_name for row in response.context["people"]]


def test_people_are_found_by_part_of_a_name_and_only_those_still_here(coordinator, world):
    seminar, (anna, zane) = event(world.project), world.people
    for person, given in ((anna, "Ķērsta"), (zane, "Kerstīne")):
        person.given_name = given
        person.save()
    gone = EnrolmentFactory(group=world.group, state="withdrawn").participant
    away = EnrolmentFactory(group=world.group).participant
    away.set_archived(True)
    page = url("person_add", seminar.pk)

    nothing_asked, both = coordinator.get(page), coordinator.get(page, {"q": "kerst"})
    assert (found(nothing_asked), found(both)) == ([], [anna.list_name, zane.list_name])
    assert world.town.name in text(both)
    place(seminar, anna)
    assert found(coordinator.get(page, {"q": "kerst"})) == [zane.list_name]
    assert found(coordinator.get(page, {"q": gone.family_name})) == []
    assert found(coordinator.get(page, {"q": away.family_name})) == []
    refused = [coordinator.post(page, {"participant": each.pk}) for each in (anna, gone, away)]
    assert {answer.status_code for answer in refused} == {422}
    assert Registration.objects.count() == 1


def test_contacts_are_found_beside_the_people(coordinator, world):
    friend = contact(world.project, "Zane Liepa", organisation=world.town)
    contact(world.foreign, "Zane Sveša")
    contact(world.project, "Zane Projām").set_archived(True)
    page = coordinator.get(url("person_add", event(world.project).pk), {"q": "zane"})

    assert list(page.context["contacts"]) == [friend]


def test_a_person_found_gets_the_place_of_whoever_sent_him(coordinator, world):
    seminar, (anna, invented) = event(world.project), world.people
    invented.is_demo = True
    invented.save()
    page = url("person_add", seminar.pk)
    answers = [coordinator.post(page, {"participant": each.pk}) for each in (anna, invented)]

    assert [answer.url for answer in answers] == [page, page]
    assert list(
        seminar.registrations.order_by("pk").values_list("participant", "organisation", "is_demo")
    ) == [(anna.pk, world.town.pk, False), (invented.pk, world.town.pk, True)]


def test_finding_costs_the_same_for_one_and_for_three(
    coordinator, world, django_assert_num_queries
):
    page, one = url("person_add", event(world.project).pk), world.people[0]
    one.given_name = "Laima"
    one.save()
    coordinator.get(page, {"q": "laima"})
    with django_assert_num_queries(9):
        assert len(found(coordinator.get(page, {"q": "laima"}))) == 1
    for _each in range(2):
        more = EnrolmentFactory(group=world.group, participant__given_name="Laima")
        contact(world.project, f"Laima {more.pk}", organisation=world.town)
    with django_assert_num_queries(9):
        assert len(found(coordinator.get(page, {"q": "laima"}))) == 3


def test_marks_of_one_and_of_all_others(coordinator, world):
    seminar = event(world.project)
    first, second = (place(seminar, person, attended=None) for person in world.people)
    coordinator.post(url("registration_mark", first.pk), {"attended": "false"})
    coordinator.post(url("event_came", seminar.pk))

    assert dict(seminar.registrations.values_list("pk", "attended")) == {
        first.pk: False,
        second.pk: True,
    }
    coordinator.post(url("registration_mark", second.pk), {"attended": ""})
    second.refresh_from_db()
    assert second.attended is None


@pytest.mark.parametrize("data", [{"attended": "nonsense"}, {"attended": "True"}, {}])
def test_what_is_no_mark_changes_none(coordinator, world, data):
    came = place(event(world.project), world.people[0])
    answer = coordinator.post(url("registration_mark", came.pk), data)

    came.refresh_from_db()
    assert (answer.status_code, came.attended) == (400, True)


def test_places_are_changed_and_removed(coordinator, world):
    seminar = event(world.project)
    count, person = heads(seminar, 3), place(seminar, world.people[0])
    coordinator.post(url("registration_edit", count.pk), {"people": 5, "attended": "false"})
    coordinator.post(
        url("registration_edit", person.pk),
        {"participant": world.people[1].pk, "attended": "false", "organisation": world.town.pk},
    )
    person.refresh_from_db()
    assert (person.participant, person.organisation, person.attended) == (
        world.people[0],
        world.town,
        False,
    )
    coordinator.post(url("registration_remove", person.pk))

    assert list(seminar.registrations.values_list("people", "attended")) == [(5, False)]


def test_deliveries_take_from_the_stock(coordinator, world):
    brochure = publication(world.project, printed_copies=100, planned_copies=120)
    data = {"date": "2026-03-05", "organisation": world.town.pk, "copies": 60}
    coordinator.post(url("delivery_add", brochure.pk), data)
    refused = coordinator.post(url("delivery_add", brochure.pk), data)
    nobody = coordinator.post(url("delivery_add", brochure.pk), {"date": "2026-03-05", "copies": 1})

    assert Delivery.objects.get().copies == 60
    assert "Only 40 copies are left." in text(refused)
    assert refused.status_code == 422
    assert "Say who got the copies." in text(nobody)
    page = coordinator.get(brochure.get_absolute_url())
    assert (page.context["delivered"], page.context["left"]) == (60, 40)


def test_a_run_smaller_than_what_was_delivered_is_refused_beside_its_field(coordinator, world):
    brochure = publication(world.project, printed_copies=100)
    delivery(brochure, 60)
    data = {"name_lv": "Buklets", "kind": "brochure", "code": brochure.code, "printed_copies": 59}
    refused = coordinator.post(url("publication_edit", brochure.pk), data)

    assert refused.status_code == 422
    assert refused.context["form"].errors == {
        "printed_copies": ["60 copies were handed over already."]
    }
    assert Publication.objects.get().printed_copies == 100


def test_a_publication_is_added_changed_and_archived(coordinator, world):
    coordinator.post(
        url("publication_add"), {"name_lv": "Buklets", "kind": "brochure", "planned_copies": 3000}
    )
    made = Publication.objects.get()
    coordinator.post(
        url("publication_edit", made.pk),
        {"name_lv": "Buklets", "kind": "brochure", "code": made.code, "printed_copies": 10},
    )
    coordinator.post(url("publication_archive", made.pk), {"wanted": "archived"})

    made.refresh_from_db()
    assert (made.code, made.printed_copies, made.is_archived) == ("buklets", 10, True)


def test_a_contact_needs_the_persons_word_for_an_address(coordinator, world):
    data = {"name": "Anna Paraugs", "email": "anna@example.org"}
    refused = coordinator.post(url("contact_add"), data)
    assert "agreed" in refused.context["form"].errors
    assert not Contact.objects.exists()

    coordinator.post(url("contact_add"), {**data, "agreed": "on"})
    kept = Contact.objects.get()
    assert (kept.email, kept.has_agreed) == ("anna@example.org", True)

    coordinator.post(url("contact_edit", kept.pk), data)
    kept.refresh_from_db()
    assert (kept.email, kept.has_agreed) == ("", False)


def test_contacts_are_found_without_accents(coordinator, world):
    contact(world.project, "Ķērsta Ābele")
    contact(world.project, "Zane Liepa")
    page = text(coordinator.get(url("contact_list"), {"q": "kersta ABELE"}))

    assert ("Ķērsta Ābele" in page, "Zane Liepa" in page) == (True, False)


def test_lists_are_filtered_by_project_kind_and_state(client, world):
    client.force_login(world.admin)
    event(world.project, "one", name_lv="Konference", kind="conference")
    event(world.project, "two", name_lv="Nometne", kind="camp", state="planned")
    event(world.foreign, "three", name_lv="Sveša konference", kind="conference")

    assert listed(client, project=world.project.code, kind="conference") == ["one"]
    assert listed(client, state="planned") == ["two"]


@pytest.mark.parametrize("bad", [{"project": "x"}, {"kind": "x"}, {"page": "x"}, {"sort": "x"}])
def test_a_wrong_address_shows_what_an_address_without_it_shows(coordinator, world, bad):
    event(world.project, "one", kind="conference")
    event(world.project, "two", kind="camp", state="planned")

    assert len(listed(coordinator)) == 2
    assert listed(coordinator, **bad) == listed(coordinator)


def test_workbooks_hold_what_is_shown(coordinator, world):
    heads(event(world.project, name_lv="=1+1"), 9)
    event(world.project, "camp", kind="camp", state="planned")
    response = coordinator.get(url("event_list"), {"export": "xlsx", "state": "held"})
    rows = list(load_workbook(io.BytesIO(response.content)).active.values)

    assert [(row[0], row[2], row[7]) for row in rows[1:]] == [("=1+1", "5 Mar 2026", 9)]


def test_workbook_of_deliveries(coordinator, world):
    brochure = publication(world.project)
    delivery(brochure, 60, recipient="Bibliotēka")
    response = coordinator.get(brochure.get_absolute_url(), {"export": "xlsx"})
    rows = list(load_workbook(io.BytesIO(response.content)).active.values)

    assert [row[1:3] for row in rows[1:]] == [("Bibliotēka", 60)]


@pytest.mark.parametrize("name", LISTS)
def test_lists_speak_latvian(client, world, name):
    """Words of choices are translated, states are not: a badge asks for the state itself."""
    for state in EventState.values:
        event(world.project, state, state=state)
    publication(world.project)
    contact(world.project)
    client.cookies["language"] = "lv"
    client.force_login(world.coordinator)

    assert client.get(url(name)).status_code == 200
