"""The answer to a container engine."""

from django.db import DatabaseError, connection
from django.test import Client


def test_health_needs_nobody_and_one_query(
    client: Client, db: None, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        answer = client.get("/health/")

    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer.headers["Cache-Control"]


def test_health_tells_when_the_database_is_away(client: Client, db: None) -> None:
    def refuse(*_arguments: object) -> None:
        raise DatabaseError("server closed the connection")

    with connection.execute_wrapper(refuse):
        answer = client.get("/health/")

    assert (answer.status_code, answer.content) == (503, b"no database")


def test_health_answers_only_to_looking(client: Client, db: None) -> None:
    assert client.post("/health/").status_code == 405
