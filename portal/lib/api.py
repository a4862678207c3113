"""What the JSON of all apps shares: who may ask, how lists are cut, how a refusal reads."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import wraps
from typing import Annotated, Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from ninja import Field, Path, Router, Schema
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation
from ninja.security.base import AuthBase
from ninja.utils import check_csrf, contribute_operation_callback
from pydantic import AfterValidator, BeforeValidator

PAGE_SIZE, MOST_ON_A_PAGE = 50, 200
LARGEST_ID = 2**63 - 1  # what the databases keep

# --- What is asked ------------------------------------------------------------------------------


def _spelled(pattern: str, hint: str) -> BeforeValidator:
    """Take one spelling only: pydantic also reads " 1_0 " as ten and 0 as the year 1970."""

    def judge(value: Any) -> Any:
        if isinstance(value, str) and not re.fullmatch(pattern, value, re.ASCII):
            raise ValueError(hint)
        return value

    return BeforeValidator(judge)


def _not_to_come(day: date) -> date:
    today = timezone.localdate()
    if day > today:
        raise ValueError(f"this day is yet to come; today is {today}")
    return day


_whole = _spelled(r"-?\d{1,4000}", "expected a whole number")
Whole = Annotated[int, _whole]
Day = Annotated[date, _spelled(r"\d{4}-\d{2}-\d{2}", "expected a day such as 2026-10-31")]
PastDay = Annotated[Day, AfterValidator(_not_to_come)]
Flag = Annotated[bool, _spelled(r"true|false", "expected true or false")]
AnyId = Annotated[int, Field(ge=1, le=LARGEST_ID), _whole]
RowId = Annotated[Whole, Path(ge=1, le=LARGEST_ID)]
Code = Annotated[str, Path(max_length=200)]


def choice(*, default: Any = None, **words: Any) -> Any:
    """A parameter that may be left out; the description then has no null, which no address can say."""
    return Field(default, json_schema_extra=_without_null, **words)


def _without_null(schema: dict[str, Any]) -> None:
    schema.pop("default", None)
    options = [each for each in schema.pop("anyOf", []) if each.get("type") != "null"]
    for option in options:
        schema.update(option)


def given(**wanted: Any) -> dict[str, Any]:
    """The conditions of a list that were asked for; the others narrow nothing."""
    return {name: value for name, value in wanted.items() if value is not None and value != ""}


class Cut(Schema):
    """Which page of a list is wanted. A page past the end is empty, its ``count`` is true."""

    page: Whole = Field(1, ge=1, description="Pages are counted from 1; past the end is empty.")
    page_size: Whole = Field(PAGE_SIZE, ge=1, le=MOST_ON_A_PAGE, description="Rows on a page.")

    def of(self, rows: QuerySet[Any], tell: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        """The answer of a list in two queries; what lies past the end is not even looked for."""
        count = rows.count()
        first = (self.page - 1) * self.page_size
        shown = rows[first : first + self.page_size] if first < count else ()
        return {"count": count, "results": [tell(each) for each in shown]}

    def of_all(self, rows: list[dict[str, Any]]) -> dict[str, Any]:
        """The same of rows that are there already."""
        first = (self.page - 1) * self.page_size
        return {"count": len(rows), "results": rows[first : first + self.page_size]}


class ListAsked(Cut):
    """What narrows every list of what projects do."""

    project: str = choice(default="", max_length=60, description="Code of a project.")
    demo: Flag | None = choice(description="Only rows about invented people, or only others.")


# --- What is answered -----------------------------------------------------------------------------


class Page[Row](Schema):
    """One page of a list; ``count`` is the number of all rows."""

    count: int
    results: list[Row]


class Problem(Schema):
    """Why there is no answer, in one English sentence."""

    detail: str


class WrongParameter(Schema):
    parameter: str
    message: str


class Refusal(Problem):
    """What is wrong with the address, parameter by parameter."""

    errors: list[WrongParameter]


class Money(Schema):
    """An amount as declared, to the cent; null where the source does not state it."""

    amount: str | None
    currency: str


type Number = int | float | None


def number(value: Decimal | None) -> Number:
    """A whole number as such, anything else with its decimals."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def unauthorised(detail: str, *, wrong: bool = False) -> JsonResponse:
    """401 with the way to come in; ``wrong``: a token was shown and does not hold."""
    answer = JsonResponse({"detail": detail}, status=401)
    error = ', error="invalid_token"' if wrong else ""
    answer.headers["WWW-Authenticate"] = f'Bearer realm="portal"{error}'
    return answer


# --- Who may ask ------------------------------------------------------------------------------------
# The user is known before: by the session, or by portal.middleware.TokenMiddleware.


class Token(AuthBase):
    """A token from the account page, in ``Authorization: Bearer …``."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> Any:
        return getattr(request, "api_token", None)


class Session(AuthBase):
    """The cookie of whoever is signed in to the portal."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Any:
        return request.user if request.user.is_authenticated else None


class FormSession(Session):
    """The same cookie with the form's token in ``X-CSRFToken``: no other site saves by it."""

    def __call__(self, request: HttpRequest) -> Any:
        user = super().__call__(request)
        if user and not hasattr(request, "api_token") and check_csrf(request):
            raise HttpError(403, "Send the token of a page in X-CSRFToken, or use an API token.")
        return user


SIGNED_IN = (Token(), Session())


def anybody(request: HttpRequest) -> bool:
    """Public addresses ask for nothing; a token that is shown must hold all the same."""
    return True


# --- One address ------------------------------------------------------------------------------------


def reading[View: Callable[..., Any]](
    router: Router, path: str, answer: Any, *, summary: str, public: bool = False
) -> Callable[[View], View]:
    """A GET that answers ``answer``, declares every refusal and takes no parameter it does not know."""
    answers: dict[int, Any] = {200: answer, 400: Problem, 401: Problem, 422: Refusal}
    if "{" in path:
        answers[404] = Problem
    register = router.get(
        path,
        response=answers,
        summary=summary,
        auth=[*SIGNED_IN, anybody] if public else list(SIGNED_IN),
        # Nothing at all is one of the ways to be let in.
        openapi_extra={"security": [{}]} if public else None,
    )

    def decorate(view: View) -> View:
        register(_known_parameters(view))
        return view

    return decorate


def writing[View: Callable[..., Any]](
    router: Router, path: str, answer: Any, *, summary: str, body: type[Schema]
) -> Callable[[View], View]:
    """A POST of JSON that is described as ``body``; the view reads it itself, all at once."""
    described = body.model_json_schema(ref_template="#/components/schemas/{model}")
    inner = described.pop("$defs", {})
    _put_in(described, inner)
    register = router.post(
        path,
        response={200: answer, **dict.fromkeys((400, 401, 403, 409), Problem), 422: Refusal},
        summary=summary,
        auth=[Token(), FormSession()],
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": described}},
            }
        },
    )

    def decorate(view: View) -> View:
        register(_known_parameters(view))
        return view

    return decorate


def _put_in(schema: Any, parts: dict[str, Any]) -> None:
    """Set inner schemas in their places: the description knows only those that ninja reads."""
    for key, value in list(schema.items()) if isinstance(schema, dict) else enumerate(schema):
        if isinstance(value, dict) and "$ref" in value:
            value = schema[key] = parts[value["$ref"].rpartition("/")[2]]
        if isinstance(value, dict | list):
            _put_in(value, parts)


def _known_parameters(view: Callable[..., Any]) -> Callable[..., Any]:
    """A misspelt filter must not look like an answer to the question that was meant."""
    known: set[str] = set()

    def learn(operation: Operation) -> None:
        for model in operation.models:
            if model.__ninja_param_source__ == "query":
                known.update(model.__ninja_flatten_map__)  # type: ignore[attr-defined]

    @wraps(view)
    def asked(request: HttpRequest, **values: Any) -> Any:
        unknown = sorted(set(request.GET) - known)
        if unknown:
            can = f"known are {', '.join(sorted(known))}" if known else "none is known here"
            raise ValidationError(
                [{"loc": ["query", name], "msg": f"unknown parameter; {can}"} for name in unknown]
            )
        return view(request, **values)

    # Annotations are told as words; they are read where the view stands, not here.
    asked.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
    contribute_operation_callback(asked, learn)
    return asked


def refusal(errors: list[dict[str, Any]]) -> dict[str, Any]:
    """ninja's errors as ``Refusal`` tells them."""
    told = [
        {"parameter": str(each["loc"][-1])[:200], "message": _plain(each["msg"])} for each in errors
    ]
    detail = "; ".join(f"{each['parameter']}: {each['message']}" for each in told)
    return {"detail": detail, "errors": told}


def _plain(message: str) -> str:
    return message.removeprefix("Value error, ")
