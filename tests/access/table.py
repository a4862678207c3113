"""Every address of the portal: its methods, and what each person is answered.

A word has one letter per person, in the order of ``world.IDENTITIES``:

    anonymous admin coordinator partner officer auditor funder trainer participant stranger closed

o allowed · F forbidden, because he may see the thing but not do this · - not found, because the
thing is none of his business · l sent to the sign-in page. ``own`` is asked with a thing of the
project in which everybody has his role, ``foreign`` with the same thing of another project.
A method that is not named is answered 405.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Answers:
    """What is answered for a thing of the own project and for one of another."""

    own: str
    foreign: str = ""


@dataclass(frozen=True)
class Page:
    """One address: ``on`` names the thing it is about, as ``world.World.keys`` knows it.

    ``others`` are further things on which the same address answers otherwise; ``posted`` is said
    where a POST is answered otherwise than a GET.
    """

    methods: str
    answers: Answers
    on: str = ""
    others: dict[str, Answers] = field(default_factory=dict)
    posted: Answers | None = None


# Pages about nothing in particular.
PUBLIC = Answers("ooooooooooo", "ooooooooooo")
SIGNED_IN = Answers("loooooooool")
ADMINISTRATORS = Answers("loFFFFFFFFl")
RUNNERS = Answers("looFFFFFFFl")
# Things of a project.
MEMBERS_READ = Answers("loooooo---l", "lo--------l")
RUNNERS_CHANGE = Answers("looFFFF---l", "lo--------l")
EVIDENCE = Answers("looFooF---l", "lo--------l")
APPROVAL = Answers("looFoFF---l", "lo--------l")
# A programme of funds is read by whoever follows one of its projects and by all coordinators.
PROGRAMME_READ = Answers("loooooo---l", "loo-------l")
PROGRAMME_CHANGE = Answers("loFFFFF---l", "loF-------l")
# Organisations and funders belong to nobody: what is answered does not depend on the project.
SHARED_BY_RUNNERS = Answers(RUNNERS.own, RUNNERS.own)
SHARED_BY_ADMINISTRATORS = Answers(ADMINISTRATORS.own, ADMINISTRATORS.own)
# Certificates: the staff, the municipality of the person, the person; no funder, no trainer.
PERSONS_PAPER = Answers("looooo----l", "lo--------l")
OWN_PAPER = Answers("loo-oo--o-l", "lo--------l")
PAPER_RUN = Answers("looFFF----l", "lo--------l")
OWN_PAPER_RUN = Answers("loo-FF--F-l", "lo--------l")
OWN_PAPER_MADE = Answers("loo-FF--o-l", "lo--------l")
# Training: a trainer reads and marks the own group, a municipality its own people.
TRAINING_LIST = Answers("loooooFoFFl")
PEOPLE_LIST = Answers("loooooFFFFl")
PEOPLE_NEW = Answers("loooFFFFFFl")
GROUP_READ = Answers("looooo-o--l", "lo--------l")
GROUP_RUN = Answers("looFFF-F--l", "lo--------l")
SHEET_RUN = Answers("looFFF-o--l", "lo--------l")
SHEET_MARK = Answers("loooFF-o--l", "lo--------l")
# Sheets with everybody's name: those who run the sessions or check them, no municipality.
PAPER_READ = Answers("looFoo-o--l", "lo--------l")
PERSON_READ = Answers("looooo-F--l", "lo--------l")
PERSON_CHANGE = Answers("loooFF-F--l", "lo--------l")
JOB_CHANGE = Answers("loooFF----l", "lo--------l")
# What a trainer and a funder have no page of: programmes and sites, the network.
STAFF_READ = Answers("looooo----l", "lo--------l")
STAFF_RUN = Answers("looFFF----l", "lo--------l")
# Reports: drafts are for those who work at the project, judged by the funder who got them.
# The administrator stands in where a project has no funder, as the other one.
REPORT_JUDGED = Answers("lFFFFF----l", "lo--------l")
SENT_REPORT_JUDGED = Answers("lFFFFFo---l", "lo--------l")
# Accounts: a coordinator looks after those of his projects.
ACCOUNT = Answers("loo-------l", "lo--------l")
ACCOUNT_RESET = Answers("loF-------l", "lo--------l")
ACCOUNT_FORM = Answers("looFFFFFFFl", "loFFFFFFFFl")

NOWHERE = Answers("-----------")


def parts(*nouns: str) -> dict[str, Page]:
    """Parts of a project: each is added under the project, changed and removed by its runners."""
    pages = {}
    for noun in nouns:
        pages[f"projects:{noun}_add"] = Page("GET POST", RUNNERS_CHANGE, "project")
        pages[f"projects:{noun}_edit"] = Page("GET POST", RUNNERS_CHANGE, noun)
        pages[f"projects:{noun}_remove"] = Page("GET POST", RUNNERS_CHANGE, noun)
    return pages


PORTAL = {
    "public_front": Page("GET", PUBLIC),
    "public_project": Page("GET", Answers("ooooooooooo", "-----------"), "project"),
    "accessibility": Page("GET", PUBLIC),
    "privacy": Page("GET", PUBLIC),
    "contact": Page("GET", PUBLIC),
    "favicon": Page("GET", PUBLIC),
    "healthz": Page("GET", PUBLIC),
    "readyz": Page("GET", PUBLIC),  # 503 while a part is silent; see test_health
    "style_gallery": Page("GET", PUBLIC),  # only where data are invented
    "sent_mails": Page("GET", NOWHERE),  # only in the demo; see test_demo
    "set_language": Page("GET POST", PUBLIC),
    "project_choose": Page("POST", SIGNED_IN),
    "today": Page("GET", SIGNED_IN),
    "search": Page("GET", SIGNED_IN),
    "my_account": Page("GET POST", SIGNED_IN),
    "signed_in": Page("GET", SIGNED_IN),
    "token_list": Page("GET", SIGNED_IN),
    "token_make": Page("GET POST", SIGNED_IN),
    "token_revoke": Page("GET POST", Answers("l---------l", "l---------l"), "token"),  # its owner
    "job_list": Page("GET", SIGNED_IN),  # the papers one may see anyway; often none
    "job_retry_all": Page("POST", SIGNED_IN),  # those of the projects one runs; often none
    "job_retry": Page("POST", PAPER_RUN, "job", {"own_job": OWN_PAPER_RUN}),
    "user_list": Page("GET", RUNNERS),
    "user_invite": Page("GET POST", RUNNERS),
    "user_edit": Page("GET POST", ACCOUNT, "account"),
    "user_role_add": Page("GET POST", ACCOUNT, "account"),
    "user_role_remove": Page("GET POST", ACCOUNT, "role"),
    "user_group_remove": Page("GET POST", ACCOUNT, "trainer"),
    "user_close": Page("GET POST", ACCOUNT, "account"),
    "user_open": Page("POST", ACCOUNT, "account"),
    "user_reset_second_step": Page("GET POST", ACCOUNT_RESET, "account"),
    "user_invite_again": Page("POST", ACCOUNT, "account"),
    "participant_invite": Page("GET POST", Answers("looFFF-F--l", "lo--------l"), "participant"),
    "participant_unlink": Page(
        "GET POST", Answers("loo-FF-FF-l", "lo--------l"), "own_participant"
    ),
}

# django-allauth: what a page answers to whoever is signed in already is its own business.
SIGN_IN = {
    "account_login": Page("GET POST", PUBLIC),
    "account_logout": Page("GET POST", PUBLIC),
    "account_inactive": Page("GET", PUBLIC),
    "account_signup": Page("GET POST", PUBLIC),  # closed: says that accounts come by invitation
    "account_reauthenticate": Page("GET POST", SIGNED_IN),
    "sign_in_again": Page("GET", SIGNED_IN),
    "account_change_password": Page("GET POST", SIGNED_IN),
    "account_set_password": Page("GET POST", SIGNED_IN),
    "account_reset_password": Page("GET POST", PUBLIC),
    "account_reset_password_done": Page("GET", PUBLIC),
    "account_reset_password_from_key": Page("GET POST", PUBLIC, "password_key"),
    "account_reset_password_from_key_done": Page("GET", PUBLIC),
    "account_request_login_code": Page("GET POST", PUBLIC),
    "account_confirm_login_code": Page("GET POST", Answers("loooooooool")),
}

# The second step, of one's own account only. Nobody of the cast has set one up.
SECOND_STEP = {
    "mfa_index": Page("GET", SIGNED_IN),
    "mfa_authenticate": Page("GET POST", Answers("loooooooool")),
    "mfa_reauthenticate": Page("GET POST", SIGNED_IN),
    "mfa_activate_totp": Page("GET POST", SIGNED_IN),
    "mfa_deactivate_totp": Page("GET POST", Answers("l---------l")),
    "mfa_add_webauthn": Page("GET POST", SIGNED_IN),
    "mfa_reauthenticate_webauthn": Page("GET POST", SIGNED_IN),
    "mfa_login_webauthn": Page("GET POST", Answers("loooooooool")),
    "mfa_remove_webauthn": Page("GET POST", Answers("l---------l"), "account"),
    "mfa_view_recovery_codes": Page("GET POST", SIGNED_IN),
    # Sign-in by an organisation's provider, of which the settings name none; see test_organisation.
    "openid_connect_login": Page("GET POST", NOWHERE, "provider"),
    "openid_connect_callback": Page("GET POST", NOWHERE, "provider"),
    "socialaccount_login_cancelled": Page("GET", PUBLIC),
}

PROJECTS = {
    "projects:project_list": Page("GET", SIGNED_IN),
    "projects:project_add": Page("GET POST", RUNNERS),
    "projects:project_detail": Page("GET", MEMBERS_READ, "project"),
    "projects:project_edit": Page("GET POST", RUNNERS_CHANGE, "project"),
    "projects:project_archive": Page("GET POST", RUNNERS_CHANGE, "project"),
    "projects:source_list": Page("GET", MEMBERS_READ, "project"),
    "projects:indicator_list": Page("GET", SIGNED_IN, others={"project": MEMBERS_READ}),
    "projects:discrepancy_list": Page("GET", SIGNED_IN),
    "projects:report_list": Page("GET", SIGNED_IN),
    "projects:indicator_add": Page("GET POST", RUNNERS_CHANGE, "project"),
    "projects:indicator_detail": Page(
        "GET", MEMBERS_READ, "indicator", others={"measured": MEMBERS_READ}
    ),
    "projects:indicator_edit": Page("GET POST", RUNNERS_CHANGE, "indicator"),
    "projects:indicator_archive": Page("GET POST", RUNNERS_CHANGE, "indicator"),
    "projects:plan_add": Page("GET POST", RUNNERS_CHANGE, "indicator"),
    "projects:plan_edit": Page("GET POST", RUNNERS_CHANGE, "plan"),
    "projects:plan_remove": Page("GET POST", RUNNERS_CHANGE, "plan"),
    "projects:value_add": Page("GET POST", RUNNERS_CHANGE, "indicator"),
    "projects:value_edit": Page("GET POST", RUNNERS_CHANGE, "value"),
    "projects:value_remove": Page("GET POST", RUNNERS_CHANGE, "value"),
    "projects:value_approve": Page("POST", APPROVAL, "value"),
    "projects:value_evidence": Page("GET", EVIDENCE, "value"),
    **parts("partner", "funding", "activity", "identifier", "title", "status", "aim"),
    **parts("target_group", "related", "source", "statement", "report"),
    "projects:report_detail": Page("GET", STAFF_READ, "report", {"sent_report": MEMBERS_READ}),
    "projects:report_version": Page("GET", MEMBERS_READ, "sent_version"),
    "projects:report_paper": Page("GET", MEMBERS_READ, "report_paper"),
    "projects:report_paper_retry": Page("POST", RUNNERS_CHANGE, "report_paper"),
    "projects:report_choose": Page("GET", RUNNERS),
    "projects:report_write": Page("GET POST", STAFF_RUN, "report"),
    "projects:report_submit": Page("GET POST", STAFF_RUN, "report"),
    "projects:report_note": Page("GET POST", STAFF_RUN, "report"),
    "projects:report_take_back": Page("POST", STAFF_RUN, "report"),
    "projects:report_sign": Page("GET POST", Answers("lFFFoF----l", "lF--------l"), "report"),
    "projects:report_return": Page(
        "GET POST", REPORT_JUDGED, "report", {"sent_report": SENT_REPORT_JUDGED}
    ),
    "projects:report_accept": Page(
        "GET POST", REPORT_JUDGED, "report", {"sent_report": SENT_REPORT_JUDGED}
    ),
    "projects:programme_list": Page("GET", SIGNED_IN),
    "projects:programme_add": Page("GET POST", ADMINISTRATORS),
    "projects:programme_detail": Page("GET", PROGRAMME_READ, "programme"),
    "projects:programme_edit": Page("GET POST", PROGRAMME_CHANGE, "programme"),
    "projects:programme_archive": Page("GET POST", PROGRAMME_CHANGE, "programme"),
    "projects:visual_set_add": Page("GET POST", PROGRAMME_CHANGE, "under_programme"),
    "projects:visual_set_edit": Page("GET POST", PROGRAMME_CHANGE, "visual_set"),
    "projects:visual_set_remove": Page("GET POST", PROGRAMME_CHANGE, "visual_set"),
    "projects:logo_add": Page("GET POST", PROGRAMME_CHANGE, "under_visual_set"),
    "projects:logo_edit": Page("GET POST", PROGRAMME_CHANGE, "logo"),
    "projects:logo_remove": Page("GET POST", PROGRAMME_CHANGE, "logo"),
    "projects:logo_picture": Page("GET", PROGRAMME_READ, "logo_picture"),
    "projects:funder_list": Page("GET", RUNNERS),
    "projects:funder_add": Page("GET POST", ADMINISTRATORS),
    "projects:funder_edit": Page("GET POST", SHARED_BY_ADMINISTRATORS, "funder_row"),
    "projects:funder_archive": Page("GET POST", SHARED_BY_ADMINISTRATORS, "funder_row"),
    "projects:organisation_list": Page("GET", RUNNERS),
    "projects:organisation_add": Page("GET POST", RUNNERS),
    "projects:organisation_detail": Page("GET", SHARED_BY_RUNNERS, "organisation"),
    "projects:organisation_edit": Page("GET POST", SHARED_BY_RUNNERS, "organisation"),
    "projects:organisation_archive": Page("GET POST", SHARED_BY_RUNNERS, "organisation"),
    "projects:name_add": Page("GET POST", SHARED_BY_RUNNERS, "under_organisation"),
    "projects:name_edit": Page("GET POST", SHARED_BY_RUNNERS, "name"),
    "projects:name_remove": Page("GET POST", SHARED_BY_RUNNERS, "name"),
}

CERTIFICATES = {
    "certificates:verify_form": Page("GET", PUBLIC),
    "certificates:verify": Page("GET", PUBLIC, "verify"),
    "certificates:my_certificates": Page("GET", SIGNED_IN),
    "certificates:certificate_list": Page("GET", Answers("loooooFFoFl")),
    "certificates:certificate_detail": Page(
        "GET", PERSONS_PAPER, "certificate", {"own_certificate": OWN_PAPER}
    ),
    "certificates:certificate_download": Page(
        "GET", PERSONS_PAPER, "certificate", {"own_certificate": OWN_PAPER}
    ),
    "certificates:certificate_produce": Page(
        "POST", PAPER_RUN, "certificate", {"own_certificate": OWN_PAPER_MADE}
    ),
    "certificates:certificate_retry": Page(
        "POST", PAPER_RUN, "certificate", {"own_certificate": OWN_PAPER_RUN}
    ),
    "certificates:certificate_revoke": Page(
        "GET POST", PAPER_RUN, "certificate", {"own_certificate": OWN_PAPER_RUN}
    ),
    "certificates:certificate_reissue": Page(
        "GET POST", PAPER_RUN, "certificate", {"own_certificate": OWN_PAPER_RUN}
    ),
    "certificates:group_certificates": Page("GET", Answers("looFoo-F--l", "lo--------l"), "group"),
    "certificates:group_papers": Page("GET", Answers("looFoo-F--l", "lo--------l"), "group"),
    "certificates:group_issue": Page("POST", Answers("looFFF-F--l", "lo--------l"), "group"),
    "certificates:template_list": Page("GET", EVIDENCE, "template_list"),
    "certificates:template_add": Page("GET POST", RUNNERS_CHANGE, "project"),
    "certificates:template_edit": Page("GET POST", RUNNERS_CHANGE, "template"),
    "certificates:template_preview": Page("GET", EVIDENCE, "template"),
    "certificates:template_archive": Page("POST", RUNNERS_CHANGE, "template"),
}

TRAINING = {
    "training:group_list": Page("GET", TRAINING_LIST),
    "training:group_add": Page("GET POST", RUNNERS),
    "training:group_detail": Page("GET", GROUP_READ, "group", {"others_group": STAFF_READ}),
    "training:group_register": Page("GET", GROUP_READ, "group", {"others_group": STAFF_READ}),
    "training:group_edit": Page("GET POST", GROUP_RUN, "group"),
    "training:group_archive": Page("POST", GROUP_RUN, "group"),
    "training:trainer_add": Page("GET POST", GROUP_RUN, "group"),
    "training:trainer_remove": Page("POST", GROUP_RUN, "trainer_row"),
    "training:enrolment_add": Page(
        "GET POST", PERSON_CHANGE, "group", {"others_group": JOB_CHANGE}
    ),
    "training:enrolment_edit": Page("GET POST", PERSON_CHANGE, "enrolment"),
    "training:enrolment_leave": Page("GET POST", PERSON_CHANGE, "enrolment"),
    "training:sessions_plan": Page("GET POST", GROUP_RUN, "group"),
    "training:session_add": Page("GET POST", GROUP_RUN, "group"),
    "training:session_detail": Page("GET POST", GROUP_READ, "session", posted=SHEET_MARK),
    "training:session_edit": Page("GET POST", GROUP_RUN, "session"),
    "training:session_cancel": Page("GET POST", GROUP_RUN, "session"),
    "training:session_open": Page("POST", SHEET_RUN, "session"),
    "training:session_close": Page("GET POST", SHEET_RUN, "session"),
    "training:session_reopen": Page("GET POST", SHEET_RUN, "closed_session"),
    "training:session_list": Page("GET", TRAINING_LIST),
    "training:group_sheets": Page("GET", PAPER_READ, "group"),
    "training:group_remind": Page("POST", GROUP_RUN, "group"),
    "training:session_sheet": Page("GET", PAPER_READ, "session"),
    "training:scan_add": Page("GET POST", SHEET_RUN, "closed_session"),
    "training:scan_file": Page("GET", PAPER_READ, "scan"),
    "training:scan_remove": Page("GET POST", GROUP_RUN, "scan"),
    "training:session_compare": Page("GET POST", SHEET_RUN, "closed_session"),
    "training:marks_save": Page("GET POST", SIGNED_IN),  # cells are judged one by one: test_doors
    "training:participant_list": Page("GET", PEOPLE_LIST),
    "training:participant_add": Page("GET POST", PEOPLE_NEW),
    "training:participant_detail": Page("GET", PERSON_READ, "participant"),
    "training:participant_edit": Page("GET POST", PERSON_CHANGE, "participant"),
    "training:participant_archive": Page("POST", PERSON_CHANGE, "participant"),
    "training:employment_add": Page("GET POST", PERSON_CHANGE, "participant"),
    "training:employment_edit": Page("GET POST", JOB_CHANGE, "employment"),
    "training:employment_remove": Page("GET POST", STAFF_RUN, "employment"),
    "training:programme_list": Page("GET", PEOPLE_LIST),
    "training:programme_add": Page("GET POST", RUNNERS),
    "training:programme_detail": Page("GET", STAFF_READ, "course"),
    "training:programme_edit": Page("GET POST", STAFF_RUN, "course"),
    "training:programme_archive": Page("POST", STAFF_RUN, "course"),
    "training:module_add": Page("GET POST", STAFF_RUN, "course"),
    "training:module_edit": Page("GET POST", STAFF_RUN, "module"),
    "training:module_archive": Page("POST", STAFF_RUN, "module"),
    "training:site_list": Page("GET", PEOPLE_LIST),
    "training:site_add": Page("GET POST", RUNNERS),
    "training:site_edit": Page("GET POST", STAFF_RUN, "site"),
    "training:site_archive": Page("POST", STAFF_RUN, "site"),
    "training:job_category_list": Page("GET", RUNNERS),
    "training:job_category_add": Page("GET POST", RUNNERS),
    "training:job_category_edit": Page("GET POST", SHARED_BY_RUNNERS, "job_category"),
    "training:job_category_archive": Page("POST", SHARED_BY_RUNNERS, "job_category"),
    "training:my_courses": Page("GET", SIGNED_IN),
}

NETWORK = {
    "network:event_list": Page("GET", PEOPLE_LIST),
    "network:event_add": Page("GET POST", RUNNERS),
    "network:event_detail": Page("GET", STAFF_READ, "event"),
    "network:event_edit": Page("GET POST", STAFF_RUN, "event"),
    "network:event_archive": Page("GET POST", STAFF_RUN, "event"),
    "network:event_hold": Page("POST", STAFF_RUN, "event"),
    "network:event_came": Page("POST", STAFF_RUN, "event"),
    "network:item_add": Page("GET POST", STAFF_RUN, "event"),
    "network:item_edit": Page("GET POST", STAFF_RUN, "programme_part"),
    "network:item_remove": Page("GET POST", STAFF_RUN, "programme_part"),
    "network:head_count_add": Page("GET POST", STAFF_RUN, "event"),
    "network:person_add": Page("GET POST", STAFF_RUN, "event"),
    "network:group_places_add": Page("GET POST", STAFF_RUN, "event"),
    "network:registration_edit": Page("GET POST", STAFF_RUN, "registration"),
    "network:registration_mark": Page("POST", STAFF_RUN, "registration"),
    "network:registration_remove": Page("GET POST", STAFF_RUN, "registration"),
    "network:publication_list": Page("GET", PEOPLE_LIST),
    "network:publication_add": Page("GET POST", RUNNERS),
    "network:publication_detail": Page("GET", STAFF_READ, "publication"),
    "network:publication_edit": Page("GET POST", STAFF_RUN, "publication"),
    "network:publication_archive": Page("GET POST", STAFF_RUN, "publication"),
    "network:delivery_add": Page("GET POST", STAFF_RUN, "publication"),
    "network:delivery_edit": Page("GET POST", STAFF_RUN, "delivery"),
    "network:delivery_remove": Page("GET POST", STAFF_RUN, "delivery"),
    "network:contact_list": Page("GET", PEOPLE_LIST),
    "network:contact_add": Page("GET POST", RUNNERS),
    "network:contact_edit": Page("GET POST", STAFF_RUN, "contact"),
    "network:contact_archive": Page("GET POST", STAFF_RUN, "contact"),
}

# Programs: 401 where no account is known; a list is empty for whoever has nothing there.
FOR_EVERYBODY = Answers("ooooooooooo", "-o---------")
OWN_OR_PUBLIC = Answers("ooooooooooo")

API = {
    "api-1:openapi-json": Page("GET POST", PUBLIC),
    "api-1:api-root": Page("GET", NOWHERE),
    "api-1:project_list": Page("GET", OWN_OR_PUBLIC),
    "api-1:project_detail": Page("GET", FOR_EVERYBODY, "project"),
    "api-1:indicator_list": Page("GET", FOR_EVERYBODY, "project"),
    "api-1:indicator_detail": Page("GET", MEMBERS_READ, "indicator"),
    "api-1:group_list": Page("GET", SIGNED_IN),
    "api-1:group_detail": Page("GET", GROUP_READ, "api_group"),
    "api-1:session_list": Page("GET", SIGNED_IN),
    "api-1:session_detail": Page("GET", GROUP_READ, "api_session"),
    "api-1:mark_save": Page("POST", Answers("loooFFFoFFl")),
    "api-1:event_list": Page("GET", SIGNED_IN),
    "api-1:event_detail": Page("GET", STAFF_READ, "api_event"),
    "api-1:certificate_list": Page("GET", SIGNED_IN),
    "api-1:certificate_detail": Page(
        "GET", PERSONS_PAPER, "api_certificate", {"api_own_certificate": OWN_PAPER}
    ),
    "api-1:verify": Page("GET", PUBLIC, "api_verify"),
}

TABLE: dict[str, Page] = {
    **PORTAL,
    **SIGN_IN,
    **SECOND_STEP,
    **PROJECTS,
    **TRAINING,
    **NETWORK,
    **CERTIFICATES,
    **API,
}
# The back office: one rule for all its pages, staff only; see test_walk.
BACK_OFFICE = "admin:"
