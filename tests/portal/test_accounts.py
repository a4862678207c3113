"""Who may invite whom: below the own role, inside the own scope, never oneself."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from portal.access import (
    TRAINER,
    Grant,
    ScopeKind,
    can_change_account,
    can_grant,
    with_roles,
)
from portal.actions import (
    invite,
    invite_participant,
    set_active,
    take_role,
    unlink_participant,
)
from portal.forms import AccountForm
from portal.models import User
from projects.models import Membership, Role
from tests.factories import (
    EnrolmentFactory,
    GroupFactory,
    GroupTrainerFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipantFactory,
    PartnershipFactory,
    ProjectFactory,
    UserFactory,
)
from training.models import Participant

pytestmark = pytest.mark.django_db


class Two:
    """Two regions, each with a project, a municipality and a group; one municipality in both."""

    def __init__(self) -> None:
        self.project, self.other = ProjectFactory(), ProjectFactory()
        self.town = PartnershipFactory(project=self.project).organisation
        self.other_town = PartnershipFactory(project=self.other).organisation
        self.shared = OrganisationFactory()
        for project in (self.project, self.other):
            PartnershipFactory(project=project, organisation=self.shared)
        PartnershipFactory(project=self.project, organisation=self.other.lead)
        self.group = GroupFactory(programme__project=self.project)
        self.other_group = GroupFactory(programme__project=self.other)
        self.admin = MembershipFactory().user
        self.coordinator = MembershipFactory(
            role=Role.COORDINATOR, organisation=self.project.lead
        ).user


@pytest.fixture
def two():
    return Two()


NO_MAIL_SERVER = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": "127.0.0.1", "port": 9},
    }
}


def told(page):
    """The messages on a page."""
    return [str(message) for message in page.context["messages"]]


def grants(two):
    """Every role over every kind of thing it is meant for, own and foreign."""
    own = [
        Grant(Role.PARTNER, ScopeKind.ORGANISATION, two.town),
        Grant(TRAINER, ScopeKind.GROUP, two.group),
    ]
    above = [
        Grant(Role.ADMIN, ScopeKind.EVERYTHING),
        Grant(Role.COORDINATOR, ScopeKind.ORGANISATION, two.project.lead),
        Grant(Role.COORDINATOR, ScopeKind.PROJECT, two.project),
        Grant(Role.OFFICER, ScopeKind.PROJECT, two.project),
        Grant(Role.OFFICER, ScopeKind.ORGANISATION, two.project.lead),
        Grant(Role.FUNDER, ScopeKind.PROGRAMME, two.project.programme),
        Grant(Role.FUNDER, ScopeKind.PROJECT, two.project),
        Grant(Role.AUDITOR, ScopeKind.PROJECT, two.project),
    ]
    foreign = [
        Grant(Role.PARTNER, ScopeKind.ORGANISATION, two.other_town),
        Grant(Role.PARTNER, ScopeKind.ORGANISATION, two.shared),
        Grant(Role.PARTNER, ScopeKind.ORGANISATION, two.other.lead),
        Grant(TRAINER, ScopeKind.GROUP, two.other_group),
    ]
    return own, above, foreign


def test_administrator_may_give_every_role_where_it_makes_sense(two):
    own, above, foreign = grants(two)

    assert all(can_grant(two.admin, grant) for grant in [*own, *above, *foreign])


def test_coordinator_may_give_only_lower_roles_inside_own_projects(two):
    own, above, foreign = grants(two)

    assert [can_grant(two.coordinator, grant) for grant in own] == [True, True]
    assert not any(can_grant(two.coordinator, grant) for grant in [*above, *foreign])


@pytest.mark.parametrize("role", [Role.PARTNER, Role.OFFICER, Role.FUNDER, Role.AUDITOR])
def test_other_roles_may_give_nothing(two, role):
    user = MembershipFactory(role=role, project=two.project).user
    own, above, foreign = grants(two)

    assert not any(can_grant(user, grant) for grant in [*own, *above, *foreign])


def test_trainer_participant_and_stranger_may_give_nothing(two):
    trainer = GroupTrainerFactory(group=two.group).user
    person = ParticipantFactory(user=UserFactory()).user
    own, above, foreign = grants(two)

    for user in (trainer, person, UserFactory()):
        assert not any(can_grant(user, grant) for grant in [*own, *above, *foreign])


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        (Role.FUNDER, ScopeKind.EVERYTHING),
        (Role.AUDITOR, ScopeKind.EVERYTHING),
        (Role.COORDINATOR, ScopeKind.EVERYTHING),
        (Role.PARTNER, ScopeKind.EVERYTHING),
        ("nobody", ScopeKind.EVERYTHING),
    ],
)
def test_role_over_a_wrong_kind_of_thing_is_given_by_nobody(two, role, kind):
    assert not can_grant(two.admin, Grant(role, kind))


def test_invitation_makes_account_with_role(two):
    user = invite(
        by=two.coordinator,
        email="Jauna@Portal.Invalid",
        given_name="Una",
        family_name="Vējkalne",
        grant=Grant(Role.PARTNER, ScopeKind.ORGANISATION, two.town),
    )

    assert (user.email, user.name) == ("jauna@portal.invalid", "Una Vējkalne")
    assert not user.has_usable_password()
    assert [(m.role, m.organisation) for m in user.memberships.all()] == [("partner", two.town)]


def test_invitation_of_a_known_address_adds_the_role_and_keeps_the_name(two):
    known = UserFactory(email="zane@portal.invalid", first_name="Zane", last_name="Rūķkalne")

    user = invite(
        by=two.coordinator,
        email="ZANE@portal.invalid",
        given_name="Cita",
        family_name="Cita",
        grant=Grant(TRAINER, ScopeKind.GROUP, two.group),
    )

    known.refresh_from_db()
    assert (user.pk, known.name) == (known.pk, "Zane Rūķkalne")
    assert [row.group for row in known.teaching.all()] == [two.group]


def test_same_invitation_twice_gives_the_role_once(two):
    grant = Grant(Role.PARTNER, ScopeKind.ORGANISATION, two.town)

    for _ in range(2):
        user = invite(by=two.coordinator, email="una@portal.invalid", grant=grant)

    assert Membership.objects.filter(user=user).count() == 1


def test_invitation_beyond_the_own_scope_leaves_nothing(two):
    grant = Grant(Role.COORDINATOR, ScopeKind.PROJECT, two.project)

    with pytest.raises(PermissionDenied):
        invite(by=two.coordinator, email="una@portal.invalid", grant=grant)

    assert not User.objects.filter(email="una@portal.invalid").exists()


def test_nobody_invites_himself_or_a_closed_account(two):
    grant = Grant(Role.PARTNER, ScopeKind.ORGANISATION, two.town)
    closed = UserFactory(is_active=False)

    for email in (two.coordinator.email, closed.email):
        with pytest.raises(ValidationError):
            invite(by=two.coordinator, email=email, grant=grant)

    assert not Membership.objects.filter(role=Role.PARTNER).exists()


def test_letter_that_cannot_be_sent_leaves_the_account_and_is_told(two, client, settings):
    row = EnrolmentFactory(group=two.group)
    settings.MAILERS = NO_MAIL_SERVER
    client.force_login(two.coordinator)
    data = {"email": "una@portal.invalid", "language": "lv", "scope": f"group:{two.group.pk}"}

    trainer = client.post(reverse("user_invite") + "?role=trainer", data, follow=True)
    learner = client.post(
        reverse("participant_invite", args=[row.participant_id]),
        {"email": "anna@portal.invalid"},
        follow=True,
    )
    una = User.objects.get(email="una@portal.invalid")
    again = [client.post(reverse("user_invite_again", args=[una.pk]), follow=True) for _ in "12"]

    assert una.teaching.get().group == two.group
    assert User.objects.get(email="anna@portal.invalid").participant == row.participant
    failed = "Konts ir gatavs, bet vēstuli neizdevās nosūtīt. Sūtiet uzaicinājumu vēlreiz vēlāk."
    assert [told(page) for page in (trainer, learner, *again)] == [[failed]] * 4


def test_invitation_goes_again_but_not_within_a_minute(two, client):
    account = GroupTrainerFactory(group=two.group).user
    client.force_login(two.coordinator)
    url = reverse("user_invite_again", args=[account.pk])

    first, second = (client.post(url, follow=True) for _ in "12")

    assert told(first) == [f"Uzaicinājums nosūtīts uz {account.email}."]
    assert told(second) == ["Uzaicinājums tikko nosūtīts. Nākamo varēs sūtīt pēc minūtes."]
    assert [letter.to for letter in mail.outbox] == [[account.email]]


def test_last_administrator_keeps_role_and_account(two):
    membership = two.admin.memberships.get()

    with pytest.raises(ValidationError):
        take_role(membership=membership)
    with pytest.raises(ValidationError):
        set_active(user=two.admin, active=False)

    second = MembershipFactory().user
    set_active(user=second, active=False)
    assert not User.objects.get(pk=second.pk).is_active


def test_back_office_closes_with_the_role(two, client):
    leaving = MembershipFactory()
    User.objects.filter(pk=leaving.user_id).update(is_staff=True, is_superuser=True)
    client.force_login(leaving.user)
    assert client.get(reverse("admin:projects_project_changelist")).status_code == 200

    take_role(membership=leaving)

    answer = client.get(reverse("admin:projects_project_changelist"), follow=True)
    assert answer.status_code == 403


def test_account_with_rights_beyond_the_coordinators_reach_is_not_his_to_change(two):
    near = MembershipFactory(role=Role.PARTNER, organisation=two.town).user
    far = MembershipFactory(role=Role.PARTNER, organisation=two.town).user
    MembershipFactory(user=far, role=Role.FUNDER, project=two.project)
    teaches_elsewhere = GroupTrainerFactory(group=two.group).user
    GroupTrainerFactory(group=two.other_group, user=teaches_elsewhere)
    person = GroupTrainerFactory(group=two.group).user
    ParticipantFactory(user=person)

    assert can_change_account(two.coordinator, near)
    assert not can_change_account(two.coordinator, far)
    assert not can_change_account(two.coordinator, teaches_elsewhere)
    assert not can_change_account(two.coordinator, person)
    assert not can_change_account(two.coordinator, two.coordinator)
    assert not can_change_account(two.admin, two.admin)


def test_coordinator_lists_accounts_of_own_projects_only(two, client):
    near = MembershipFactory(role=Role.PARTNER, organisation=two.town).user
    trainer = GroupTrainerFactory(group=two.group).user
    far = MembershipFactory(role=Role.PARTNER, organisation=two.other_town).user
    client.force_login(two.coordinator)

    page = client.get(reverse("user_list")).content.decode()

    assert near.email in page and trainer.email in page and two.coordinator.email in page
    assert far.email not in page and two.admin.email not in page
    assert client.get(reverse("user_edit", args=[far.pk])).status_code == 404
    assert client.get(reverse("user_edit", args=[near.pk])).status_code == 200


def test_coordinator_reads_no_role_beyond_the_own_projects(two, client):
    user = MembershipFactory(role=Role.PARTNER, organisation=two.town).user
    MembershipFactory(user=user, role=Role.FUNDER, project=two.other)
    GroupTrainerFactory(user=user, group=two.other_group)
    near = GroupTrainerFactory(group=two.group).user
    ParticipantFactory(user=near)
    whole = MembershipFactory(role=Role.PARTNER, organisation=two.town).user
    addresses = [reverse("user_list"), reverse("user_edit", args=[user.pk])]

    client.force_login(two.coordinator)
    pages = [client.get(address).content.decode() for address in addresses]
    client.force_login(two.admin)
    all_of_it = [client.get(address).content.decode() for address in addresses]

    for page, full in zip(pages, all_of_it, strict=True):
        assert two.town.name in page and two.town.name in full
        assert two.other.short not in page and two.other.short in full
        assert two.other_group.name not in page and two.other_group.name in full
        assert "itas lomas citviet" in page and "itas lomas citviet" not in full
    more = with_roles(User.objects.all(), two.coordinator)
    assert {each for each in more if each.has_more} == {user, near, two.admin}
    assert not more.get(pk=whole.pk).has_more


def test_list_of_accounts_finds_without_accents(two, client):
    UserFactory(first_name="Dārta", last_name="Ķiršlauka")
    client.force_login(two.admin)

    page = client.get(reverse("user_list"), {"q": "KIRSLAUKA darta"}).content.decode()

    assert page.count("Dārta Ķiršlauka") == 1
    assert two.coordinator.email not in page


def test_closed_account_is_marked_with_its_own_word(two, client):
    UserFactory(first_name="Dārta", last_name="Ķiršlauka", is_active=False)
    client.force_login(two.admin)

    assert "Dārta Ķiršlauka <b>(slēgts)</b>" in client.get(reverse("user_list")).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_accounts_asks_the_same_number_of_questions(
    two, client, django_assert_num_queries, rows
):
    for _ in range(rows):
        user = MembershipFactory(role=Role.PARTNER, organisation=two.town).user
        MembershipFactory(user=user, role=Role.FUNDER, programme=two.project.programme)
        GroupTrainerFactory(user=user, group=two.group)
    client.force_login(two.admin)

    with django_assert_num_queries(9):
        client.get(reverse("user_list"))


def test_invite_form_offers_only_what_may_be_given(two, client):
    client.force_login(two.coordinator)

    roles = client.get(reverse("user_invite"))
    partner = client.get(reverse("user_invite"), {"role": "partner"}).content.decode()

    assert [role.code for role in roles.context["roles"]] == ["partner", "trainer"]
    assert two.town.name in partner
    assert two.other_town.name not in partner and two.shared.name not in partner
    assert client.get(reverse("user_invite"), {"role": "admin"}).status_code == 403
    assert client.get(reverse("user_invite"), {"role": "nonsense"}).status_code == 403


def test_forged_scope_is_refused_beside_the_field(two, client):
    client.force_login(two.coordinator)
    url = reverse("user_invite") + "?role=partner"

    answer = client.post(
        url,
        {
            "email": "una@portal.invalid",
            "language": "lv",
            "scope": f"organisation:{two.other_town.pk}",
            "role": "admin",
            "everything": "on",
        },
    )

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"scope"}
    assert not User.objects.filter(email="una@portal.invalid").exists()


def test_invite_form_sends_and_leads_back(two, client):
    client.force_login(two.coordinator)
    url = reverse("user_invite") + "?role=trainer"

    answer = client.post(
        url,
        {"email": "una@portal.invalid", "language": "en", "scope": f"group:{two.group.pk}"},
    )

    assert (answer.status_code, answer.url) == (302, reverse("user_list"))
    user = User.objects.get(email="una@portal.invalid")
    assert (user.language, user.teaching.get().group) == ("en", two.group)
    [letter] = mail.outbox
    assert letter.to == ["una@portal.invalid"]
    assert reverse("account_request_login_code") in letter.body


def test_hostile_name_is_refused_beside_the_field(two, client):
    client.force_login(two.coordinator)

    answer = client.post(
        reverse("user_invite") + "?role=trainer",
        {
            "email": "una@portal.invalid",
            "given_name": "a" * 100_000,
            "family_name": "x\u202e<b>",
            "language": "lv",
            "scope": f"group:{two.group.pk}",
        },
    )

    assert set(answer.context["form"].errors) == {"given_name", "family_name"}
    assert not User.objects.filter(email="una@portal.invalid").exists()


def test_auditor_needs_a_last_day_that_is_to_come(two, client):
    client.force_login(two.admin)
    url = reverse("user_invite") + "?role=auditor"
    data = {"email": "una@portal.invalid", "language": "lv", "scope": f"project:{two.project.pk}"}

    without = client.post(url, data)
    past = client.post(url, {**data, "valid_to": "2020-01-01"})
    good = client.post(url, {**data, "valid_to": "2099-12-31"})

    assert set(without.context["form"].errors) == set(past.context["form"].errors) == {"valid_to"}
    assert good.status_code == 302
    assert Membership.objects.get(role=Role.AUDITOR).valid_to.isoformat() == "2099-12-31"


def test_role_is_taken_back_after_a_question(two, client):
    membership = MembershipFactory(role=Role.PARTNER, organisation=two.town)
    client.force_login(two.coordinator)
    url = reverse("user_role_remove", args=[membership.user_id, membership.pk])

    assert two.town.name in client.get(url).content.decode()
    assert Membership.objects.filter(pk=membership.pk).exists()
    client.post(url)

    assert not Membership.objects.filter(pk=membership.pk).exists()


def test_role_beyond_reach_is_not_taken_back(two, client):
    user = MembershipFactory(role=Role.PARTNER, organisation=two.town).user
    beyond = MembershipFactory(user=user, role=Role.FUNDER, project=two.project)
    own = two.coordinator.memberships.get()
    client.force_login(two.coordinator)

    assert client.post(reverse("user_role_remove", args=[user.pk, beyond.pk])).status_code == 403
    assert (
        client.post(reverse("user_role_remove", args=[two.coordinator.pk, own.pk])).status_code
        == 403
    )
    assert Membership.objects.filter(pk__in=[beyond.pk, own.pk]).count() == 2


def test_closing_an_account_ends_its_session_at_the_next_page(two, client):
    user = MembershipFactory(role=Role.PARTNER, organisation=two.town).user
    client.force_login(user)
    assert client.get(reverse("my_account")).status_code == 200

    set_active(user=user, active=False)

    assert client.get(reverse("my_account")).status_code == 302


def test_participant_is_invited_from_the_own_page(two, client):
    row = EnrolmentFactory(group=two.group)
    client.force_login(two.coordinator)

    client.post(
        reverse("participant_invite", args=[row.participant_id]), {"email": "anna@portal.invalid"}
    )

    row.participant.refresh_from_db()
    assert row.participant.user.email == "anna@portal.invalid"
    assert [letter.to for letter in mail.outbox] == [["anna@portal.invalid"]]


def test_participant_is_not_linked_to_another_participants_account(two):
    row = EnrolmentFactory(group=two.group)
    taken = ParticipantFactory(user=UserFactory(email="anna@portal.invalid"))

    with pytest.raises(ValidationError):
        invite_participant(by=two.coordinator, participant=row.participant, email=taken.user.email)

    row.participant.refresh_from_db()
    assert row.participant.user is None


def test_nobody_links_a_person_to_himself(two):
    row = EnrolmentFactory(group=two.group)

    for user in (two.coordinator, two.admin):
        with pytest.raises(ValidationError):
            invite_participant(by=user, participant=row.participant, email=user.email)

    row.participant.refresh_from_db()
    assert row.participant.user is None


def test_person_who_also_learns_elsewhere_is_the_administrators_to_link(two, client):
    person = EnrolmentFactory(group=two.group).participant
    EnrolmentFactory(group=two.other_group, participant=person)
    client.force_login(two.coordinator)
    page = client.get(person.get_absolute_url()).content.decode()

    assert reverse("participant_invite", args=[person.pk]) not in page
    with pytest.raises(PermissionDenied):
        invite_participant(by=two.coordinator, participant=person, email="a@portal.invalid")
    invite_participant(by=two.admin, participant=person, email="a@portal.invalid")
    with pytest.raises(PermissionDenied):
        unlink_participant(by=two.coordinator, participant=person)

    person.refresh_from_db()
    assert person.user.email == "a@portal.invalid"


def test_account_is_unlinked_after_a_question_and_learns_no_more(two, client, caplog):
    person = EnrolmentFactory(group=two.group).participant
    caplog.set_level("INFO", "portal.actions")
    wrong = invite_participant(by=two.coordinator, participant=person, email="x@portal.invalid")
    client.force_login(two.coordinator)
    url = reverse("participant_unlink", args=[person.pk])

    assert url in client.get(person.get_absolute_url()).content.decode()
    assert wrong.email in client.get(url).content.decode()
    assert Participant.objects.get(pk=person.pk).user == wrong
    answer = client.post(url)

    assert answer.url == person.get_absolute_url()
    assert Participant.objects.get(pk=person.pk).user is None
    assert not Participant.objects.visible_to(wrong).exists()
    assert f"account {wrong.pk} taken from participant {person.pk}" in caplog.text
    invite_participant(by=two.coordinator, participant=person, email="anna@portal.invalid")


def test_participant_of_another_region_is_not_found_and_of_own_trainer_forbidden(two, client):
    foreign = EnrolmentFactory(group=two.other_group)
    own = EnrolmentFactory(group=two.group)
    client.force_login(two.coordinator)
    assert (
        client.get(reverse("participant_invite", args=[foreign.participant_id])).status_code == 404
    )

    client.force_login(GroupTrainerFactory(group=two.group).user)
    assert client.get(reverse("participant_invite", args=[own.participant_id])).status_code == 403


def test_form_with_a_mistake_is_told_from_a_new_one(two, client):
    account = MembershipFactory(role=Role.PARTNER, organisation=two.town).user
    person = EnrolmentFactory(group=two.group).participant
    client.force_login(two.coordinator)
    long = {"first_name": "a" * 200, "last_name": "", "language": "lv"}

    answers = {
        name: (client.get(url).status_code, client.post(url, data).status_code)
        for name, url, data in [
            ("own", reverse("my_account"), long),
            ("edit", reverse("user_edit", args=[account.pk]), long),
            ("role", reverse("user_role_add", args=[account.pk]) + "?role=trainer", {"scope": "x"}),
            ("invite", reverse("user_invite") + "?role=trainer", {"email": "x"}),
            ("person", reverse("participant_invite", args=[person.pk]), {"email": "x"}),
        ]
    }

    assert answers == dict.fromkeys(("own", "edit", "role", "invite", "person"), (200, 422))


def test_own_account_keeps_name_and_language_and_no_more(two, client):
    user = MembershipFactory(role=Role.PARTNER, organisation=two.town).user
    client.force_login(user)

    client.post(
        reverse("my_account"),
        {
            "first_name": "Vēsma",
            "last_name": "Sūnkalne",
            "language": "en",
            "email": "other@portal.invalid",
            "is_staff": "on",
            "is_superuser": "on",
        },
    )

    stored = User.objects.get(pk=user.pk)
    assert (stored.name, stored.language, stored.email) == ("Vēsma Sūnkalne", "en", user.email)
    assert not stored.is_staff and not stored.is_superuser


def test_own_page_saved_meanwhile_opens_no_closed_account(db: None) -> None:
    user = UserFactory()
    form = AccountForm({"first_name": "Ieva", "last_name": "", "language": "lv"}, instance=user)
    assert form.is_valid()
    set_active(user=User.objects.get(pk=user.pk), active=False)
    form.save()

    kept = User.objects.get(pk=user.pk)
    assert (kept.first_name, kept.is_active, kept.session_round) == ("Ieva", False, 1)
