"""Letters to trainers whose sessions wait: what they say, how often they go, what is kept of them."""

from __future__ import annotations

import contextlib
from collections import Counter
from datetime import datetime, time, timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from portal.tasks import remind_trainers as task
from projects.actions import Delivery, mails
from projects.models import SentMail
from tests.training import world
from tests.training.test_actions_race import at_once
from tests.training.world import fill
from training.actions import close_session, remind_trainers
from training.models import AttendanceStatus, Group, Session

SUBJECTS = {
    "lv": "Apmeklējuma atzīmes gaida 3 nodarbības",
    "en": "3 sessions wait for attendance marks",
}


@pytest.fixture
def trainer(filled: Any) -> Any:
    """Teaches the filled group of three sessions, all long past and none of them marked."""
    account = world.user("t@x.invalid", first_name="Māris", language="lv")
    world.teach(filled, account)
    return account


def logged() -> list[tuple[str, bool, str]]:
    rows = SentMail.objects.order_by("pk")
    return [(each.key, each.sent_at is not None, each.error) for each in rows]


@pytest.mark.parametrize("language", ["lv", "en"])
def test_letter_names_sessions_and_leads_to_them_and_names_nobody(
    language: str, filled: Any, trainer: Any, settings: Any
) -> None:
    trainer.language = language
    trainer.save()

    assert remind_trainers() == Counter({Delivery.SENT: 1})

    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["t@x.invalid"], SUBJECTS[language])
    for session in filled.sessions:
        assert settings.SITE_URL + session.get_absolute_url() in letter.body
    assert "/training/sessions/?show=late" in letter.body
    for enrolment in filled.enrolments:
        assert enrolment.participant.family_name not in letter.subject + letter.body
    row = SentMail.objects.get()
    assert (row.user, row.subject) == (trainer, SUBJECTS[language])
    assert row.about == f"training.group {filled.group.pk}"
    assert row.sent_at is not None


def test_one_letter_a_day_tells_of_all_groups(filled: Any, trainer: Any) -> None:
    other = Group.objects.create(programme=filled.programme, code="g2", name_lv="2. grupa")
    Session.objects.filter(pk=filled.sessions[2].pk).update(group=other)
    other.trainers.create(user=trainer)

    first = remind_trainers(group=other)

    assert (first, remind_trainers()) == ({Delivery.SENT: 1}, {Delivery.ALREADY: 1})
    [letter] = mail.outbox
    assert "1. grupa" in letter.body and "2. grupa" in letter.body
    tomorrow = timezone.now() + timedelta(days=1)
    assert remind_trainers(now=tomorrow) == {Delivery.SENT: 1}
    assert len({key for key, *_rest in logged()}) == 2


def test_long_list_is_cut_and_counted(filled: Any, trainer: Any) -> None:
    full = fill(world.empty_world("other"), people=1, days=22)
    full.group.trainers.create(user=trainer)

    remind_trainers()

    assert mail.outbox[0].body.count("/training/sessions/") == 21  # twenty, and the list
    assert "Un vēl 5." in mail.outbox[0].body


@pytest.mark.parametrize(("hours", "letters"), [(23, 0), (25, 1)])
def test_session_of_the_last_day_waits_for_nobody_yet(
    hours: int, letters: int, filled: Any, trainer: Any
) -> None:
    session = filled.sessions[0]
    Session.objects.exclude(pk=session.pk).delete()
    ended = datetime.combine(session.date, time(15, 30), timezone.get_current_timezone())

    remind_trainers(now=ended + timedelta(hours=hours))

    assert len(mail.outbox) == letters


def test_what_is_done_or_put_away_is_not_reminded_of(filled: Any, trainer: Any) -> None:
    close_session(user=None, session=filled.sessions[0], rest=AttendanceStatus.PRESENT)
    Session.objects.filter(pk=filled.sessions[1].pk).update(state="cancelled")
    remind_trainers()
    assert filled.sessions[0].get_absolute_url() not in mail.outbox[0].body
    assert filled.sessions[1].get_absolute_url() not in mail.outbox[0].body

    SentMail.objects.all().delete()
    filled.group.set_archived(True)
    assert remind_trainers() == {}


def test_closed_account_and_group_without_trainer_get_nothing(filled: Any, trainer: Any) -> None:
    trainer.is_active = False
    trainer.save()

    assert remind_trainers() == {}
    assert (mail.outbox, logged()) == ([], [])


def test_letter_that_could_not_go_is_tried_again_and_then_went(
    filled: Any, trainer: Any, monkeypatch: Any
) -> None:
    def away(*_words: Any, **_more: Any) -> None:
        raise ConnectionRefusedError("no server of mails")

    key = f"reminder:{trainer.pk}:{timezone.localdate()}"
    with monkeypatch.context() as broken:
        broken.setattr(mails, "send_mail", away)
        assert remind_trainers() == {Delivery.FAILED: 1}
    assert logged() == [(key, False, "ConnectionRefusedError")]

    assert remind_trainers() == {Delivery.SENT: 1}
    assert logged() == [(key, True, "")]
    assert len(mail.outbox) == 1


def test_task_of_the_beat_writes_once_however_often_it_rings(filled: Any, trainer: Any) -> None:
    assert (task(), task(), len(mail.outbox)) == (1, 0, 1)


def test_reminding_asks_little_however_much_waits(
    filled: Any, trainer: Any, django_assert_num_queries: Any
) -> None:
    # The trainers, the sessions; and of a letter: look, make the note within a savepoint, mark it.
    with django_assert_num_queries(7):
        remind_trainers()


class TestButton:
    @pytest.fixture
    def address(self, filled: Any) -> str:
        return reverse("training:group_remind", args=[filled.group.pk])

    def told(self, browser: Any, address: str) -> str:
        return " ".join(
            str(each) for each in browser.post(address, follow=True).context["messages"]
        )

    def test_each_outcome_is_told(
        self, filled: Any, as_: Any, address: str, monkeypatch: Any
    ) -> None:
        browser = as_("coordinator")

        def away(*_words: Any, **_more: Any) -> None:
            raise TimeoutError

        with monkeypatch.context() as broken:
            broken.setattr(mails, "send_mail", away)
            assert "neizdevās nodot" in self.told(browser, address)
        assert "Nosūtīta 1 vēstule" in self.told(browser, address)
        assert "šodien jau ir rakstīts" in self.told(browser, address)
        filled.group.trainers.all().delete()
        assert "Nav, kam rakstīt" in self.told(browser, address)

    def test_list_offers_it_to_those_who_run_and_says_when(
        self, filled: Any, as_: Any, address: str
    ) -> None:
        late = reverse("training:session_list") + "?show=late"
        assert as_("coordinator").get(late).content.decode().count(f'action="{address}"') == 3
        assert address not in as_("officer").get(late).content.decode()
        assert address not in as_("trainer").get(late).content.decode()

        as_("coordinator").post(address)

        assert "atgādināts" in as_("officer").get(late).content.decode()


# --- Two at once ---------------------------------------------------------------------------------


def both_ring(monkeypatch: Any, *, noted: bool) -> list[Any]:
    """Two beats at one moment; both have come as far as looking before either goes on."""
    looked = Barrier(2, timeout=2)
    plain = SentMail.objects.get_or_create

    def meet(**words: Any) -> Any:
        with contextlib.suppress(BrokenBarrierError):
            looked.wait()
        return plain(**words)

    def only_look(**words: Any) -> Any:
        """The twin that asks whether a letter went and notes it when it has gone."""
        is_new = not SentMail.objects.filter(key=words["key"], sent_at__isnull=False).exists()
        with contextlib.suppress(BrokenBarrierError):
            looked.wait()
        return SentMail(key=words["key"], **words["defaults"]), is_new

    manager = type(SentMail.objects)
    monkeypatch.setattr(
        manager, "get_or_create", lambda _self, **w: (meet if noted else only_look)(**w)
    )
    return at_once(lambda _number: remind_trainers(), 2)


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_two_beats_write_one_letter(monkeypatch: Any) -> None:
    full = fill(world.empty_world())
    world.teach(full, world.user("t@x.invalid"))

    told = both_ring(monkeypatch, noted=True)

    assert sum(told, Counter()) == {Delivery.SENT: 1, Delivery.ALREADY: 1}
    assert (len(mail.outbox), SentMail.objects.count()) == (1, 1)


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_two_beats_write_two_letters_when_nothing_is_noted_first(monkeypatch: Any) -> None:
    full = fill(world.empty_world())
    world.teach(full, world.user("t@x.invalid"))

    both_ring(monkeypatch, noted=False)

    assert len(mail.outbox) == 2
