"""Addresses of the app."""

from django.urls import path

from training.views import (
    catalogue,
    enrolments,
    groups,
    mine,
    people,
    places,
    plans,
    register,
    sessions,
)

app_name = "training"
urlpatterns = [
    path("training/groups/", groups.group_list, name="group_list"),
    path("training/groups/add/", groups.group_add, name="group_add"),
    path("training/groups/<int:pk>/", groups.group_detail, name="group_detail"),
    path("training/groups/<int:pk>/edit/", groups.group_edit, name="group_edit"),
    path("training/groups/<int:pk>/archive/", groups.group_archive, name="group_archive"),
    path("training/groups/<int:pk>/register/", register.group_register, name="group_register"),
    path("training/groups/<int:pk>/trainers/add/", groups.trainer_add, name="trainer_add"),
    path("training/trainers/<int:pk>/remove/", groups.trainer_remove, name="trainer_remove"),
    path("training/groups/<int:pk>/people/add/", enrolments.enrolment_add, name="enrolment_add"),
    path("training/people/<int:pk>/", enrolments.enrolment_edit, name="enrolment_edit"),
    path("training/people/<int:pk>/leave/", enrolments.enrolment_leave, name="enrolment_leave"),
    path("training/groups/<int:pk>/sessions/add/", plans.session_add, name="session_add"),
    path("training/groups/<int:pk>/sessions/plan/", plans.sessions_plan, name="sessions_plan"),
    path("training/marks/", register.marks_save, name="marks_save"),
    path("training/sessions/<int:pk>/", sessions.session_detail, name="session_detail"),
    path("training/sessions/<int:pk>/edit/", plans.session_edit, name="session_edit"),
    path("training/sessions/<int:pk>/open/", sessions.session_open, name="session_open"),
    path("training/sessions/<int:pk>/close/", sessions.session_close, name="session_close"),
    path("training/sessions/<int:pk>/reopen/", sessions.session_reopen, name="session_reopen"),
    path("training/sessions/<int:pk>/cancel/", sessions.session_cancel, name="session_cancel"),
    path("training/programmes/", catalogue.programme_list, name="programme_list"),
    path("training/programmes/add/", catalogue.programme_add, name="programme_add"),
    path("training/programmes/<int:pk>/", catalogue.programme_detail, name="programme_detail"),
    path("training/programmes/<int:pk>/edit/", catalogue.programme_edit, name="programme_edit"),
    path(
        "training/programmes/<int:pk>/archive/",
        catalogue.programme_archive,
        name="programme_archive",
    ),
    path("training/programmes/<int:pk>/modules/add/", catalogue.module_add, name="module_add"),
    path("training/modules/<int:pk>/edit/", catalogue.module_edit, name="module_edit"),
    path("training/modules/<int:pk>/archive/", catalogue.module_archive, name="module_archive"),
    path("training/sites/", places.site_list, name="site_list"),
    path("training/sites/add/", places.site_add, name="site_add"),
    path("training/sites/<int:pk>/edit/", places.site_edit, name="site_edit"),
    path("training/sites/<int:pk>/archive/", places.site_archive, name="site_archive"),
    path("training/jobs/", places.job_category_list, name="job_category_list"),
    path("training/jobs/add/", places.job_category_add, name="job_category_add"),
    path("training/jobs/<int:pk>/edit/", places.job_category_edit, name="job_category_edit"),
    path(
        "training/jobs/<int:pk>/archive/", places.job_category_archive, name="job_category_archive"
    ),
    path("people/", people.participant_list, name="participant_list"),
    path("people/add/", people.participant_add, name="participant_add"),
    path("people/<uuid:pk>/", people.participant_detail, name="participant_detail"),
    path("people/<uuid:pk>/edit/", people.participant_edit, name="participant_edit"),
    path("people/<uuid:pk>/archive/", people.participant_archive, name="participant_archive"),
    path("people/<uuid:pk>/work/add/", people.employment_add, name="employment_add"),
    path("people/work/<int:pk>/", people.employment_edit, name="employment_edit"),
    path("my/courses/", mine.my_courses, name="my_courses"),
]
