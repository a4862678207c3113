"""The guards bite: each is shown the very thing it is there for."""

import socket

import pytest
from django.db import connection
from django.http import HttpResponse
from django.template import Context, Origin, Template, engines
from django.test import RequestFactory

from portal.models import User
from tests.guards import OutsideError, Undefined, WritingGetError, quiet_get


def write(request: object) -> HttpResponse:
    User.objects.create_user("ieva@demo.invalid")
    return HttpResponse("done")


def test_get_that_writes_fails(db: None) -> None:
    with pytest.raises(WritingGetError, match="portal_user"):
        quiet_get(write)(RequestFactory().get("/"))


def test_post_may_write(db: None) -> None:
    quiet_get(write)(RequestFactory().post("/"))

    assert User.objects.count() == 1


def test_get_may_read(db: None) -> None:
    response = quiet_get(lambda request: HttpResponse(str(User.objects.count())))(
        RequestFactory().get("/")
    )

    assert response.content == b"0"


def test_wrapper_is_taken_off_after_the_request(db: None) -> None:
    quiet_get(lambda request: HttpResponse())(RequestFactory().get("/"))

    assert connection.execute_wrappers == []


def test_undefined_variable_in_own_template_fails() -> None:
    engine = engines["django"].engine
    own = Origin(name=f"{engine.dirs[0]}/x.html", template_name="x.html")
    template = Template("{{ nothing }}", origin=own, name="x.html", engine=engine)

    with pytest.raises(pytest.fail.Exception, match="nothing"):
        template.render(Context())


def test_undefined_variable_elsewhere_prints_nothing() -> None:
    template = Template("[{{ nothing }}]", engine=engines["django"].engine)

    assert template.render(Context()) == "[]"
    assert isinstance(template.engine.string_if_invalid, Undefined)


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1", "portal.example"])
def test_outside_address_fails(address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET

    with socket.socket(family) as probe, pytest.raises(OutsideError, match=address):
        probe.connect((address, 80))


def test_own_machine_may_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as probe:
        probe.connect(server.getsockname())

        assert probe.getpeername() == server.getsockname()
