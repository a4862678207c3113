"""The letters of the demo, and that there are none elsewhere."""

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.urls import reverse

from portal.mails import letters

pytestmark = pytest.mark.django_db


def send(folder, **fields):
    backend = EmailBackend(file_path=str(folder))
    backend.send_messages(
        [EmailMessage(**{"from_email": "a@b.invalid", "to": ["una@b.invalid"], **fields})]
    )
    backend.close()


def test_letters_are_read_back_newest_first(tmp_path):
    send(tmp_path, subject="Pirmais", body="Kods: 1234")
    send(tmp_path, subject="Otrais – ar garumzīmēm", body="Šūpoles āķī: Č4R7")
    (tmp_path / "broken.log").write_bytes(b"\xff\xfe not a letter")

    found = letters(tmp_path)

    assert [letter.subject for letter in found] == ["Otrais – ar garumzīmēm", "Pirmais"]
    assert [letter.body for letter in found] == ["Šūpoles āķī: Č4R7", "Kods: 1234"]
    assert {letter.to for letter in found} == {"una@b.invalid"}


def test_folder_that_is_not_there_yet_holds_no_letter(tmp_path):
    assert letters(tmp_path / "mails") == []


def test_outside_the_demo_there_is_no_such_page(client):
    assert client.get(reverse("sent_mails")).status_code == 404


def test_demo_shows_the_letters_to_whoever_asks(client, settings, tmp_path):
    settings.DEMO, settings.MAILS_DIR = True, tmp_path
    send(tmp_path, subject="Kods", body="<b id=x> 4R7Q")

    page = client.get(reverse("sent_mails")).content.decode()

    assert "4R7Q" in page and "una@b.invalid" in page
    assert "<b id=x>" not in page


@pytest.mark.parametrize("start", ["account_request_login_code", "account_reset_password"])
@pytest.mark.parametrize("demo", [True, False])
def test_only_the_demo_says_that_no_mail_leaves_the_machine(
    client, settings, tmp_path, start, demo
):
    settings.DEMO, settings.MAILS_DIR = demo, tmp_path

    page = client.post(reverse(start), {"email": "una@b.invalid"}, follow=True)

    assert page.redirect_chain != []
    assert (reverse("sent_mails") in page.content.decode()) is demo
