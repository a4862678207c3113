"""From an empty portal to the first certificate: everything typed into forms, no file loaded."""

from __future__ import annotations

import re
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, expect

from tests.walk.browsing import Person
from tests.walk.papers import code_of, text_of
from tests.walk.running import Portal

REGION = "Vidzemes plānošanas reģions"
EMAIL = "vaditaja@vidzeme.invalid"
PASSWORD = "gara parole pirmajai dienai"
PROJECT, CERTIFIED = "pirmais-solis", "sertificeti"
FIRST = timezone.localdate() - timedelta(days=14)
PEOPLE = {"Austra": "Zvaigžņkalne", "Jānis": "Ezerlīcis"}
SOON = 120_000  # milliseconds the worker may take for two papers on a busy machine


class Beginning:
    """The first administrator of a region, alone with an empty portal."""

    def __init__(self, browser: Browser, portal: Portal) -> None:
        self.portal = portal
        self.person = Person(browser, portal, "lv", "beginning")
        self.page = self.person.page

    def close(self) -> None:
        self.person.close()

    def saves(self, button: str = "Save") -> None:
        """Press the button of the form; a form that was refused would still have errors."""
        self.person.press(self.person.words(button))
        wrong = self.person.main.locator(".invalid-feedback, .alert-danger").all_inner_texts()
        assert wrong == [], wrong

    # --- What pays and what was promised ------------------------------------------------------

    def signs_in_to_nothing(self) -> None:
        """The first page of an empty portal leads to the first steps."""
        person = self.person
        person.sign_in(EMAIL, PASSWORD)
        expect(
            person.main.get_by_role("heading", name=person.words("The first steps"))
        ).to_be_visible()
        person.look("1-first-steps")

    def adds_a_programme(self) -> None:
        """The fund, the programme and what it demands on paper."""
        person = self.person
        person.follow(person.words("Programmes"))
        person.look("2-no-programme")
        self.page.goto(reverse("projects:funder_list"))
        person.follow(person.words("New funder"))
        person.fill_in(name_lv="Reģionu fonds", name_en="Regions Fund")
        self.saves()
        self.page.goto(reverse("projects:programme_list"))
        person.follow(person.words("New programme"))
        person.fill_in(name_lv="Prasmju programma", name_en="Skills programme", funders=True)
        self.saves()
        person.follow(person.words("Add a visual set"))
        person.fill_in(language={"value": "lv"}, statement="Projektu finansē Reģionu fonds.")
        self.saves()
        person.look("3-programme")

    def adds_a_project(self) -> None:
        """A project with a partner and a measured indicator."""
        person, page = self.person, self.page
        page.goto(reverse("today"))
        person.follow(person.words("The first project"))
        person.fill_in(
            title_lv="Pirmais solis",
            title_en="The first step",
            programme={"label": "Prasmju programma"},
            lead={"label": REGION},
            start=f"01.{FIRST.year}",
            end=f"12.{FIRST.year + 1}",
        )
        self.saves()
        expect(page).to_have_url(re.compile(f"/projects/{PROJECT}/"))
        person.look("4-project")
        page.goto(reverse("projects:organisation_list"))
        person.follow(person.words("New organisation"))
        person.fill_in(name_lv="Ziedu novads", kind={"value": "municipality"}, country="LV")
        self.saves()
        page.goto(f"{reverse('projects:project_detail', args=[PROJECT])}?tab=partners")
        person.follow(person.words("Add a partner"))
        person.fill_in(organisation={"label": "Ziedu novads"}, role={"value": "partner"})
        self.saves()
        page.goto(reverse("projects:indicator_list", args=[PROJECT]))
        person.follow(person.words("Add an indicator"))
        person.fill_in(
            code=CERTIFIED,
            name_lv="Sertificēti cilvēki",
            kind={"value": "output"},
            measure={"value": "certificates.persons_certified"},
            target="2",
        )
        page.locator("main [name=method][value=measured]").check()
        self.saves()

    # --- What is done -------------------------------------------------------------------------

    def plans_a_group(self) -> None:
        """Curriculum, module, place, group, timetable: each empty page leads to the next form."""
        person, page = self.person, self.page
        page.goto(f"{reverse('training:job_category_list')}")
        person.follow(person.words("New job category"))
        person.fill_in(name_lv="Sociālais darbinieks", name_en="Social worker")
        self.saves()
        page.goto(f"{reverse('training:group_list')}?project={PROJECT}")
        person.look("5-no-group")
        person.follow(person.words("Programmes"))
        person.follow(person.words("New programme"))
        person.fill_in(name_lv="Saruna ar cilvēku", name_en="Talking with people")
        person.fill_in(declared_hours="16", threshold_percent="80")
        self.saves()
        person.follow(person.words("New module"))
        person.fill_in(name_lv="Klausīšanās", name_en="Listening", days="2")
        self.saves()
        person.look("6-programme")
        page.goto(f"{reverse('training:site_list')}?project={PROJECT}")
        person.follow(person.words("New site"))
        person.fill_in(name_lv="Cēsis", locative_lv="Cēsīs")
        self.saves()
        page.goto(f"{reverse('training:group_list')}?project={PROJECT}")
        person.follow(person.words("New group"))
        person.fill_in(name_lv="1. grupa", name_en="Group 1", site={"label": "Cēsis"})
        self.saves()
        person.look("7-group")
        person.follow(re.compile(f"^{person.words('Sessions', 'training')}"))
        person.follow(person.words("Plan sessions"))
        person.fill_in(first=FIRST.isoformat(), count="2", module={"label": "Klausīšanās"})
        self.saves(self.person.words("Plan", "a button"))

    def enrols_people(self) -> None:
        """A list typed by hand, person after person."""
        person = self.person
        person.follow(re.compile(f"^{person.words('Participants')}"))
        person.follow(person.words("Add a person"))
        for given, family in PEOPLE.items():
            person.fill_in(
                given_name=given,
                family_name=family,
                organisation={"label": "Ziedu novads"},
                job_category={"label": "Sociālais darbinieks"},
            )
            self.saves("Add, and the next one")
        person.look("8-add-a-person")

    def marks_and_closes(self) -> None:
        """Both sessions: all present, then closed."""
        person, page = self.person, self.page
        for day in (FIRST, FIRST + timedelta(days=7)):
            page.goto(f"{reverse('training:group_list')}?project={PROJECT}")
            person.follow("1. grupa")
            person.follow(person.words("Register"))
            name = re.compile(re.escape(f"{day:%d.%m.}"))
            person.follow(name, person.main.locator("thead"))
            person.main.get_by_role("button", name=person.words("All present")).click()
            expect(person.main.get_by_role("radio", checked=True)).to_have_count(len(PEOPLE))
            person.press(re.compile(person.words("Close the session")))
            person.press(person.words("Close the session"))
        person.look("9-closed")

    # --- What is proved -----------------------------------------------------------------------

    def words_the_certificate(self) -> None:
        """The page of the group says that a template is missing, and leads to it."""
        person, page = self.person, self.page
        page.goto(f"{reverse('training:group_list')}?project={PROJECT}")
        person.follow("1. grupa")
        person.follow(person.words("Certificates"))
        person.follow(person.words("Add a template"))
        person.fill_in(language={"value": "lv"}, series="VPR", place_lv="Cēsīs")
        page.locator("main [name$='-0-name']").fill("Ilga Pumpurdārza")
        page.locator("main [name$='-0-office_lv']").fill("vadītāja")
        self.saves()
        person.look("10-templates")

    def issues(self) -> None:
        """Two papers, drawn by the worker; number, name and place stand on the first."""
        person, page = self.person, self.page
        page.goto(f"{reverse('training:group_list')}?project={PROJECT}")
        person.follow("1. grupa")
        person.follow(person.words("Certificates"))
        person.press(re.compile(person.words("Issue certificates:")))
        ready = person.main.get_by_role("link", name=re.compile(r"^PDF"))
        expect(ready).to_have_count(len(PEOPLE), timeout=SOON)
        person.look("11-issued")
        paper = person.download(re.compile(r"^PDF"))
        said = text_of(paper)
        assert [word for word in ("VPR-", "Saruna ar cilvēku", "Cēsīs") if word not in said] == []
        assert any(f"{given} {family}" in said for given, family in PEOPLE.items())
        page.goto(code_of(paper))
        expect(page.get_by_role("heading", level=1)).to_have_text(
            person.words("The certificate is valid")
        )
        (told,) = person.ask(f"/api/v1/projects/{PROJECT}/indicators")["results"]
        assert (told["value"], told["demo"]) == (len(PEOPLE), False)

    def invites(self) -> None:
        """A coordinator of the region; the invitation leads to a page on which he signs in."""
        person = self.person
        self.page.goto(reverse("user_list"))
        person.follow(person.words("Invite somebody"))
        person.follow(re.compile(person.words("coordinator"), re.IGNORECASE))
        person.fill_in(email="koordinatore@vidzeme.invalid", family_name="Rudzpuķe")
        person.fill_in(scope={"label": REGION})
        person.press(person.words("Send the invitation"))
        expect(person.main.get_by_text("koordinatore@vidzeme.invalid").first).to_be_visible()
        person.look("12-accounts")
