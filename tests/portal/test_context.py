"""What each role finds in the nav, and how the chosen project travels."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import ResolverMatch

from portal import context, places
from portal.models import User
from projects.models import Membership, Programme, Project, Role, all_held_by
from tests.access.engine import names
from training.models import Participant


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("ilze@demo.invalid")


@pytest.fixture
def project(db: None) -> Project:
    programme = Programme.objects.create(code="eez", name_lv="EEZ")
    return Project.objects.create(code="lat", title_lv="Mūžizglītība", programme=programme)


def request_for(user: object, path: str = "/", view: str = "") -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = user  # type: ignore[assignment]
    request.session = {}  # type: ignore[assignment]
    if view:
        request.resolver_match = ResolverMatch(lambda: None, (), {}, view)
    return request


def give(user: User, role: Role, **scope: object) -> None:
    Membership.objects.create(user=user, role=role, **(scope or {"everything": True}))


def test_visitor_has_only_today_and_no_project(db: None) -> None:
    navigation = context.Navigation(request_for(AnonymousUser()))

    assert [item.href for item in navigation._all] == ["/today/"]
    assert navigation.projects == []
    assert navigation.search == ""


@pytest.mark.parametrize(
    ("role", "absent"),
    [
        (Role.FUNDER, {"training:group_list", "training:participant_list", "user_list"}),
        (Role.PARTNER, {"projects:programme_list", "user_list"}),
        (Role.AUDITOR, {"projects:programme_list", "user_list"}),
        (Role.ADMIN, set()),
    ],
)
def test_role_finds_what_it_may_open(user: User, role: Role, absent: set[str]) -> None:
    give(user, role)
    navigation = context.Navigation(request_for(user))

    known = {place.view for place in (*places.RUN, *places.DATA)}
    shown = {view for view in known if places.address(view) in hrefs(navigation)}
    assert known - shown >= absent
    assert "projects:indicator_list" in shown
    if role == Role.ADMIN:
        assert shown == known


def test_every_place_has_its_pages() -> None:
    """Its own and, for each beginning of names it keeps marked, at least one below."""
    known = [each for each in vars(places).values() if isinstance(each, places.Place)]
    views = set(names())

    assert {place.view for place in known} - views == {"help"}  # the guide is still being written
    beginnings = [prefix for place in known for prefix in place.prefixes]
    assert [each for each in beginnings if not any(view.startswith(each) for view in views)] == []


def hrefs(navigation: context.Navigation) -> set[str]:
    return {item.href for section in navigation.sections for item in section.items}


def test_participant_finds_four_places_and_nothing_of_the_projects(user: User) -> None:
    Participant.objects.create(user=user, given_name="Laura", family_name="Kalve")
    navigation = context.Navigation(request_for(user))

    assert [item.href for item in navigation.bottom] == [
        "/today/",
        "/my/courses/",
        "/my/certificates/",
        "/my/account/",
    ]
    assert navigation.projects == []


def test_membership_that_ended_opens_nothing(user: User) -> None:
    give(user, Role.AUDITOR)
    Membership.objects.update(valid_to="2020-01-01")

    assert context.roles_of(user) == frozenset()


def test_roles_cost_two_queries_and_those_of_projects_are_kept(
    user: User, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    give(user, Role.ADMIN)
    give(user, Role.FUNDER)
    Participant.objects.create(user=user, given_name="Laura", family_name="Kalve")

    with django_assert_num_queries(2):  # type: ignore[operator]
        assert context.roles_of(user) == {"admin", "funder", "participant"}
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert {each.role for each in all_held_by(user)} == {"admin", "funder"}


@pytest.mark.parametrize(
    ("view", "place"),
    [
        ("training:participant_edit", "/people/"),
        ("training:group_register", "/training/groups/"),
        ("projects:source_list", "/projects/"),
        ("projects:indicator_detail", "/indicators/"),
        ("today", "/today/"),
    ],
)
def test_detail_page_keeps_its_place_marked(user: User, view: str, place: str) -> None:
    give(user, Role.ADMIN)
    request = request_for(user, view=view)

    current = [item.href for item in context.Navigation(request)._all if item.current]
    assert current == [place]


def test_project_of_the_address_travels_with_the_lists(user: User, project: Project) -> None:
    other = Project.objects.create(code="lli-317", title_lv="LLI", programme=project.programme)
    give(user, Role.ADMIN)
    request = request_for(user, "/groups/?project=lli-317")
    navigation = context.Navigation(request)

    assert navigation.project is not None
    assert navigation.project.code == other.code
    assert "/training/groups/?project=lli-317" in hrefs(navigation)
    assert request.session["project"] == "lli-317"


def test_foreign_project_in_the_address_is_not_kept(user: User, project: Project) -> None:
    mine = Project.objects.create(code="mine", title_lv="Mans", programme=project.programme)
    Project.objects.create(code="mine-2", title_lv="Mans 2", programme=project.programme)
    give(user, Role.COORDINATOR, project=mine)
    give(user, Role.COORDINATOR, project=Project.objects.get(code="mine-2"))
    request = request_for(user, "/groups/?project=lat")
    navigation = context.Navigation(request)

    assert navigation.project is None
    assert "project" not in request.session


class TestChoosing:
    @pytest.fixture
    def client(self, user: User, project: Project) -> Client:
        give(user, Role.ADMIN)
        client = Client()
        client.force_login(user)
        return client

    def test_choice_stays_on_the_list_and_starts_at_its_first_page(self, client: Client) -> None:
        answer = client.post(
            "/project/", {"project": "lat", "next": "/training/groups/?page=3&state=open"}
        )

        assert answer["Location"] == "/training/groups/?state=open&project=lat"
        assert client.session["project"] == "lat"

    def test_choice_of_all_forgets_the_project(self, client: Client) -> None:
        client.post("/project/", {"project": "lat", "next": "/today/"})
        answer = client.post("/project/", {"project": "", "next": "/x/?project=lat"})

        assert answer["Location"] == "/x/"
        assert "project" not in client.session

    def test_choice_never_leads_to_another_site(self, client: Client) -> None:
        answer = client.post("/project/", {"project": "", "next": "https://elsewhere.example/"})

        assert answer["Location"] == "/today/"

    @pytest.mark.parametrize("code", ["none-such", "<b>", "a" * 100_000])
    def test_unknown_project_is_not_found(self, client: Client, code: str) -> None:
        assert client.post("/project/", {"project": code}).status_code == 404
