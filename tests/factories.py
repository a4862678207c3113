"""Rows for tests: each factory makes the least that is valid; say only what the test is about."""

from __future__ import annotations

from datetime import date, time

import factory
from factory.django import DjangoModelFactory

from portal.models import User
from projects.models import (
    Indicator,
    IndicatorMethod,
    Membership,
    Organisation,
    OrganisationKind,
    Partnership,
    Programme,
    Project,
    Role,
)
from training.models import (
    Employment,
    Enrolment,
    Group,
    GroupTrainer,
    JobCategory,
    Module,
    Participant,
    Session,
    Site,
    TrainingProgramme,
)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@portal.invalid")
    first_name = "Ilze"
    last_name = factory.Sequence(lambda n: f"Paraugs{n}")


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    code = factory.Sequence(lambda n: f"organisation-{n}")
    name_lv = factory.Sequence(lambda n: f"{n}. novads")
    kind = OrganisationKind.MUNICIPALITY


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    code = factory.Sequence(lambda n: f"programme-{n}")
    name_lv = factory.Sequence(lambda n: f"{n}. programma")


class ProjectFactory(DjangoModelFactory):
    class Meta:
        model = Project

    code = factory.Sequence(lambda n: f"project-{n}")
    title_lv = factory.Sequence(lambda n: f"{n}. projekts")
    programme = factory.SubFactory(ProgrammeFactory)
    lead = factory.SubFactory(OrganisationFactory, kind=OrganisationKind.PLANNING_REGION)


class PartnershipFactory(DjangoModelFactory):
    class Meta:
        model = Partnership

    project = factory.SubFactory(ProjectFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = Indicator

    project = factory.SubFactory(ProjectFactory)
    code = factory.Sequence(lambda n: f"R{n}")
    name_lv = factory.Sequence(lambda n: f"{n}. rādītājs")
    method = IndicatorMethod.ENTERED


class MembershipFactory(DjangoModelFactory):
    """Give the role and one scope; without a scope it is everything."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = Role.ADMIN
    everything = factory.LazyAttribute(
        lambda row: not (row.organisation or row.programme or row.project)
    )
    organisation = programme = project = None


class JobCategoryFactory(DjangoModelFactory):
    class Meta:
        model = JobCategory
        django_get_or_create = ("code",)

    code = "social-worker"
    name_lv = "sociālais darbinieks"


class TrainingProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = TrainingProgramme

    project = factory.SubFactory(ProjectFactory)
    code = factory.Sequence(lambda n: f"course-{n}")
    name_lv = factory.Sequence(lambda n: f"{n}. mācību programma")


class ModuleFactory(DjangoModelFactory):
    class Meta:
        model = Module

    programme = factory.SubFactory(TrainingProgrammeFactory)
    code = factory.Sequence(lambda n: f"module-{n}")
    name_lv = factory.Sequence(lambda n: f"{n}. modulis")


class SiteFactory(DjangoModelFactory):
    class Meta:
        model = Site

    project = factory.SubFactory(ProjectFactory)
    code = factory.Sequence(lambda n: f"site-{n}")
    name_lv = "Rēzekne"
    locative_lv = "Rēzeknē"


class GroupFactory(DjangoModelFactory):
    class Meta:
        model = Group

    programme = factory.SubFactory(TrainingProgrammeFactory)
    code = factory.Sequence(lambda n: f"g{n}")
    name_lv = factory.Sequence(lambda n: f"{n}. grupa")


class GroupTrainerFactory(DjangoModelFactory):
    class Meta:
        model = GroupTrainer

    group = factory.SubFactory(GroupFactory)
    user = factory.SubFactory(UserFactory)


class SessionFactory(DjangoModelFactory):
    """Eight academic hours; the next session of a factory run is a day later."""

    class Meta:
        model = Session

    group = factory.SubFactory(GroupFactory)
    date = factory.Sequence(lambda n: date.fromordinal(date(2010, 3, 1).toordinal() + n))
    starts = time(9)
    ends = time(16)
    break_minutes = 60


class ParticipantFactory(DjangoModelFactory):
    class Meta:
        model = Participant

    given_name = "Anna"
    family_name = factory.Sequence(lambda n: f"Bērziņa{n}")


class EmploymentFactory(DjangoModelFactory):
    class Meta:
        model = Employment

    participant = factory.SubFactory(ParticipantFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    job_category = factory.SubFactory(JobCategoryFactory)


class EnrolmentFactory(DjangoModelFactory):
    class Meta:
        model = Enrolment

    participant = factory.SubFactory(ParticipantFactory)
    group = factory.SubFactory(GroupFactory)
    job_category = factory.SubFactory(JobCategoryFactory)
    since = date(2009, 9, 1)
