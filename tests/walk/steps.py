"""The six steps of the main job, each done by the person whose job it is."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from typing import Any
from urllib.parse import urljoin

from django.urls import resolve, reverse
from playwright.sync_api import Browser, expect

from portal.lib.money import format_amount
from tests.walk.browsing import Person
from tests.walk.papers import code_of, text_of
from tests.walk.running import Portal

LATGALE, LLI, ESF = "latgale-lll", "lli-317", "esf-4-3-5-4"
CERTIFIED, HOURS = "persons-certified", "programme-hours"
GROUP = re.compile(r"27\. grupa|Group 27")
REASON = {"lv": "Vārds uzrakstīts nepareizi", "en": "The name is misspelt"}
SOON = 180_000  # milliseconds the worker may take for 26 papers on a busy machine
LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*|\?[^"#]*)')


class Walk:
    """One walk through one portal in one language; later steps use what earlier ones made."""

    def __init__(self, browser: Browser, portal: Portal, language: str, series: str) -> None:
        self.browser, self.portal = browser, portal
        self.language, self.series = language, series
        self.people: list[Person] = []
        self.paper = b""
        self.coordinator = self.enters("coordinator")

    def enters(self, account: str = "") -> Person:
        """A window of somebody who speaks the language of this walk; signed in, if named."""
        person = Person(self.browser, self.portal, self.language, f"{self.series}-{account}")
        self.people.append(person)
        if account:
            assert f"{account}@demo.invalid" in self.portal.accounts
            person.sign_in(f"{account}@demo.invalid", self.portal.password)
            person.speak(self.language)
        return person

    def close(self) -> None:
        for person in self.people:
            person.close()

    def reads(self, person: Person, value: int, indicator: str = CERTIFIED) -> None:
        """Page and JSON tell this person the same figure, and that invented rows are in it."""
        (told,) = [
            each
            for each in person.ask(f"/api/v1/projects/{LATGALE}/indicators")["results"]
            if each["code"] == indicator
        ]
        assert (told["value"], told["demo"]) == (value, True)
        person.page.goto(reverse("projects:indicator_list", args=[LATGALE]))
        address = reverse("projects:indicator_detail", args=[LATGALE, indicator])
        expect(person.main.locator(f"a[href^='{address}']").first).to_contain_text(
            re.compile(rf"^\s*{value}\b")
        )

    # --- 3. The session -----------------------------------------------------------------------

    def coordinator_finds_what_waits(self) -> None:
        """Today names the one session without marks; the project stands at 675 of 701."""
        person = self.coordinator
        assert resolve(person.page.url.removeprefix(self.portal.address)).view_name == "today"
        person.look("1-today")
        card = person.main.get_by_role("region", name=person.words("Sessions to be marked"))
        expect(card.get_by_text(GROUP).first).to_be_visible()
        expect(card.locator(".todo-count")).to_have_text("1")
        self.reads(person, 675)
        self.reads(person, 408, HOURS)
        person.look("2-indicators")

    def coordinator_marks_and_closes(self) -> None:
        """From the project to its one unfinished group, its register, all present, closed."""
        person, page = self.coordinator, self.coordinator.page
        page.goto(reverse("today"))
        person.main.locator(
            f"a[href='{reverse('projects:project_detail', args=[LATGALE])}']"
        ).click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        person.look("3-project")
        navigation = page.get_by_role("navigation").first
        person.follow(re.compile(f"^{person.words('Training')}$"), navigation)
        person.look("4-groups")
        person.main.locator("a.pill[href*='stage=open']").click()
        person.follow(GROUP)
        person.look("5-group")
        person.follow(person.words("Open the register"))
        person.look("6-register")
        empty = person.main.locator("td[data-r]")
        expect(empty).to_have_count(26)
        empty.first.click()
        page.keyboard.press("a")
        expect(person.main.locator("td[data-r][data-s=present]")).to_have_count(26)
        expect(person.main.locator("td.pending")).to_have_count(0)
        expect(
            person.main.locator("tfoot td.col-current, tfoot td").get_by_text("26/26").last
        ).to_be_visible()
        person.look("7-register-marked")
        person.follow(re.compile(f"^{person.words('Close')} "))
        person.look("8-close")
        person.press(person.words("Close the session"))
        person.look("9-closed")

    # --- 4. The certificates ------------------------------------------------------------------

    def coordinator_issues_26(self) -> None:
        """Everybody is eligible; a bar moves while the worker draws; then 26 rows are ready."""
        person, page = self.coordinator, self.coordinator.page
        person.follow(person.words("Certificates"))
        expect(person.main.get_by_role("checkbox", checked=True)).to_have_count(27)
        person.look("10-eligible")
        person.press(re.compile(person.words("Issue certificates:")))
        seen = self._watch_the_bar()
        assert sorted(seen) == seen
        assert len(set(seen)) > 1, seen
        ready = person.main.get_by_role("link", name=re.compile(r"^PDF"))
        expect(ready).to_have_count(26, timeout=SOON)
        expect(page.locator("#issued .job")).to_have_count(0)
        person.look("11-issued")
        paper = person.download(re.compile(r"^PDF"))
        assert paper.startswith(b"%PDF")
        row = person.main.get_by_role("row").filter(has_text="PDF").first
        assert row.get_by_role("rowheader").inner_text() in text_of(paper)
        self.reads(person, 701)

    def _watch_the_bar(self) -> list[int]:
        """The counts the page shows until nothing is left to be made."""
        page, seen = self.coordinator.page, []
        job = page.locator("#issued .job")
        for _look in range(SOON // 100):
            if page.locator("#issued").get_by_role("link", name=re.compile("^PDF")).count() == 26:
                return [*seen, 26]
            if job.count():
                words = job.first.locator(".bar-label span").nth(1).inner_text(timeout=2000)
                seen.append(int(words.split()[0]))
            page.wait_for_timeout(100)
        return seen

    # --- 5. The participant -------------------------------------------------------------------

    def participant_gets_the_paper(self) -> None:
        """Signs in by the code that was sent, sees course and certificate, downloads it."""
        person = self.enters()
        page = person.page
        page.goto("/accounts/login/")
        person.speak(self.language)
        person.look("12-sign-in")
        person.follow(person.words("Get a code by e-mail"))
        page.locator("[name=email]").fill("participant@demo.invalid")
        person.press(person.words("Send the code"))
        person.look("13-code")
        page.locator("[name=code]").fill(self._code_sent_to("participant@demo.invalid"))
        person.press(person.words("Sign in"))
        person.look("14-participant-today")
        page.goto(reverse("training:my_courses"))
        expect(person.main.get_by_text(GROUP).first).to_be_visible()
        person.look("15-courses")
        page.goto(reverse("certificates:my_certificates"))
        person.look("16-my-certificates")
        self.paper = person.download(re.compile(person.words("Download")))
        words = text_of(self.paper)
        assert "Laura Kamolzara" in words
        number = person.main.locator("dd").first.inner_text().split("\n")[0].split(" demo")[0]
        assert number.strip() in words

    def _code_sent_to(self, address: str) -> str:
        """Read from the page that shows the mails sent, by somebody else."""
        reader = self.enters()
        reader.page.goto(reverse("sent_mails"))
        letter = reader.main.get_by_role("article").filter(has_text=address).first
        found = re.search(r"^\s*([0-9A-Z-]{6,12})\s*$", letter.inner_text(), re.M)
        assert found, letter.inner_text()
        return found[1]

    def paper_leads_to_its_page(self, *, valid: bool) -> None:
        """Whoever scans the paper sees what was issued and whether it still holds."""
        address = code_of(self.paper)
        assert address.startswith(self.portal.address)
        person = self.enters()
        person.page.goto(address)
        person.speak(self.language)
        verdict = "The certificate is valid" if valid else "The certificate is revoked"
        expect(person.page.get_by_role("heading", level=1)).to_have_text(person.words(verdict))
        said = person.main.inner_text()
        facts = ["Laura Kamolzara", "342", "2010", "2011", "LPR-"]
        facts += [] if valid else [REASON[self.language]]
        assert [fact for fact in facts if fact not in said] == []
        assert resolve(person.page.url.removeprefix(self.portal.address)).view_name == (
            "certificates:verify"
        )
        person.look("17-valid" if valid else "23-revoked")

    # --- 6. The funder ------------------------------------------------------------------------

    def funder_reads_counts_only(self) -> None:
        """701 of 701, opened down to groups and sessions; no name anywhere; only own projects."""
        person, page = self.enters("funder"), None
        page = person.page
        person.look("18-funder-today")
        self.reads(person, 701)
        person.look("19-funder-indicators")
        page.goto(reverse("projects:indicator_detail", args=[LATGALE, CERTIFIED]))
        expect(
            person.main.get_by_role("row").filter(has_text=re.compile("demo"))
        ).not_to_have_count(0)
        person.look("20-figure-groups")
        person.follow(GROUP)
        person.look("21-figure-group")
        names, visited = self._names(), 0
        for address, words in self._everything(person):
            visited += 1
            found = [name for name in names if name in words]
            assert found == [], f"{address} names {len(found)} people"
        assert visited > 15
        for code in (ESF, LLI):
            assert person.context.request.get(f"/projects/{code}/").status == 404, code
            address = f"/api/v1/projects/{code}/indicators"
            assert person.ask(address) == self._told_to_a_stranger(person, address), address

    def _told_to_a_stranger(self, person: Person, address: str) -> Any:
        """What the same portal answers to whoever has not signed in."""
        browser: Any = person.context.browser
        context = browser.new_context()
        told = context.request.get(urljoin(person.page.url, address)).json()
        context.close()
        return told

    def _names(self) -> list[str]:
        """Everybody with a certificate, as the coordinator's own list exports them."""
        request = self.coordinator.context.request
        address = f"{reverse('certificates:certificate_list')}?project={LATGALE}&export=csv"
        words = request.get(address).body().decode("utf-8-sig")
        rows = csv.DictReader(io.StringIO(words), delimiter=";")
        names = [row[self.coordinator.words("Name, surname")] for row in rows]
        assert len(names) >= 701
        return [name for each in names for name in (each, " ".join(reversed(each.rsplit(" ", 1))))]

    def _everything(self, person: Person) -> list[tuple[str, str]]:
        """Each kind of page the person reaches by links, with its words; and what it exports."""
        request, found, kinds = person.context.request, [], set()
        waiting = [("/today/", ""), ("/", "")]
        while waiting:
            address, page = waiting.pop(0)
            path, _mark, query = address.partition("?")
            names = tuple(sorted(part.partition("=")[0] for part in query.split("&")))
            kind = (resolve(path).view_name, names, query if "format" in query else "")
            if kind in kinds or "logout" in kind[0]:
                continue
            kinds.add(kind)
            answer = request.get(address)
            assert answer.status == 200, f"{page} leads to {address}: {answer.status}"
            words = answer.body().decode("utf-8", "replace")
            found.append((address, words))
            for link in LINK.findall(words):
                link = link.replace("&amp;", "&")
                waiting.append((path + link if link.startswith("?") else link, address))
        return found

    # --- Afterwards ---------------------------------------------------------------------------

    def coordinator_revokes(self) -> None:
        """One certificate is taken back with a reason, and every figure follows."""
        person, page = self.coordinator, self.coordinator.page
        page.goto(f"{reverse('certificates:certificate_list')}?q=Kamolzara")
        person.look("22-certificates")
        person.follow(re.compile("^LPR-"))
        person.follow(person.words("Revoke"))
        page.locator("main [name=reason]").fill(REASON[self.language])
        person.press(re.compile(person.words("Revoke")))
        expect(person.main.get_by_text(REASON[self.language])).to_be_visible()
        self.reads(person, 700)

    def sources_differ_by_a_cent(self) -> None:
        """LLI-317 shows both published totals, each with the text that says so."""
        person = self.enters("zemgale")
        person.page.goto(reverse("projects:source_list", args=[LLI]))
        said = person.main.inner_text()
        for total in (Decimal("791256.19"), Decimal("791256.20")):
            assert format_amount(total, language=self.language) in said
        person.look("24-sources")
