"""One search, with or without accents, over what the person may see and nothing else."""

import pytest
from django.urls import reverse

from portal.search import find
from projects.models import ProjectIdentifier, ProjectTitle, Role
from tests.factories import (
    EnrolmentFactory,
    GroupFactory,
    GroupTrainerFactory,
    MembershipFactory,
    ParticipantFactory,
    PartnershipFactory,
    ProjectFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


class Places:
    """Two projects with a person each; ``user`` coordinates the first."""

    def __init__(self) -> None:
        self.own = ProjectFactory(title_lv="Mūžizglītība Latgalē", acronym="LLL")
        self.other = ProjectFactory(title_lv="Mūžizglītība Kurzemē")
        self.group = GroupFactory(programme__project=self.own, name_lv="14. grupa")
        self.other_group = GroupFactory(programme__project=self.other, name_lv="14. grupa")
        for group in (self.group, self.other_group):
            EnrolmentFactory(
                group=group, participant=ParticipantFactory(given_name="Āra", family_name="Ķirše")
            )
        self.user = MembershipFactory(role=Role.COORDINATOR, organisation=self.own.lead).user


@pytest.fixture
def places(db):
    return Places()


def titles(user, typed):
    return {
        str(section.heading): [hit.title for hit in section.hits] for section in find(user, typed)
    }


def test_person_is_found_without_accents_and_in_any_order(places):
    for typed in ("kirse", "ARA Ķirše", "ķirse ār"):
        assert titles(places.user, typed) == {"Cilvēki": ["Ķirše Āra"]}


def test_only_what_may_be_seen_is_found(places):
    assert titles(places.user, "muzizglitiba")["Projekti"] == ["Mūžizglītība Latgalē"]
    assert titles(places.user, "14. grupa")["Grupas"] == ["14. grupa"]
    assert titles(UserFactory(), "kirse") == {}


def test_funder_finds_the_project_and_no_person_group_or_number(places):
    funder = MembershipFactory(role=Role.FUNDER, programme=places.own.programme).user

    assert titles(funder, "muzizglitiba") == {"Projekti": ["Mūžizglītība Latgalē"]}
    assert titles(funder, "kirse") == titles(funder, "14. grupa") == {}


def test_trainer_finds_own_people_and_is_led_to_their_group(places, client):
    trainer = GroupTrainerFactory(group=places.other_group).user
    client.force_login(trainer)
    [section] = find(trainer, "kirse")

    assert [(hit.title, hit.url) for hit in section.hits] == [
        ("Ķirše Āra", places.other_group.get_absolute_url())
    ]
    assert client.get(section.hits[0].url).status_code == 200


def test_coordinator_of_one_project_finds_and_opens_organisations(places, client):
    user = MembershipFactory(role=Role.COORDINATOR, project=places.own).user
    funder = MembershipFactory(role=Role.FUNDER, project=places.own).user
    name, url = places.own.lead.name, places.own.lead.get_absolute_url()
    PartnershipFactory(project=places.own, organisation=places.own.lead)

    def opens(reader) -> tuple[list[str], bool, int]:
        client.force_login(reader)
        partners = client.get(f"{places.own.get_absolute_url()}?tab=partners").text
        found = titles(reader, name).get("Organizācijas", [])
        return found, f'href="{url}"' in partners, client.get(url).status_code

    assert opens(user) == ([name], True, 200)
    assert opens(funder) == ([], False, 403)


def test_project_is_found_by_other_title_number_acronym_and_lead(places):
    ProjectTitle.objects.create(project=places.own, language="lv", title="Mācības “Visa mūža”")
    ProjectIdentifier.objects.create(project=places.own, number="LV0015–Ā")

    for typed in ("macibu", "visa nekur"):
        assert "Projekti" not in titles(places.user, typed)
    for typed in ("macib", "MĀCĪBAS muza", "lv0015-a", "lll", places.own.lead.name, "lll macibas"):
        assert titles(places.user, typed)["Projekti"] == ["Mūžizglītība Latgalē"]


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "'", "x" * 100_000])
def test_nothing_typed_or_nonsense_finds_nothing_and_fails_nowhere(places, client, typed):
    client.force_login(places.user)

    answer = client.get(reverse("search"), {"q": typed})

    assert answer.status_code == 200
    assert answer.context["sections"] == []


def test_window_gets_the_results_alone(places, client):
    client.force_login(places.user)

    page = client.get(reverse("search"), {"q": "kirse"})
    part = client.get(reverse("search"), {"q": "kirse"}, headers={"HX-Request": "true"})

    assert "<html" in page.content.decode() and "<html" not in part.content.decode()
    assert "Ķirše Āra" in part.content.decode()
    assert "HX-Request" in part.headers["Vary"]


def test_html_in_a_query_stays_text(places, client):
    client.force_login(places.user)

    page = client.get(reverse("search"), {"q": "<b id=x>"}).content.decode()

    assert "<b id=x>" not in page and "&lt;b id=x&gt;" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_search_asks_the_same_number_of_questions(places, django_assert_num_queries, rows):
    for _ in range(rows - 1):
        EnrolmentFactory(
            group=places.group,
            participant=ParticipantFactory(given_name="Āra", family_name="Ķirše"),
        )

    with django_assert_num_queries(7):
        assert len(titles(places.user, "kirse")["Cilvēki"]) == rows
