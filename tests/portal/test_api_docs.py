"""docs/api.md shows every address once, with the very keys that it answers."""

import json
import re

import pytest

from portal.api import api
from tests.plugin import ROOT

WORDS = (ROOT / "docs/api.md").read_text()
SHOWN = re.findall(r"^    (GET|POST) (/api/v1/\S+)\n\n```json\n(.+?)\n```$", WORDS, re.M | re.S)
EXAMPLES = {address: text for method, address, text in SHOWN if method == "GET"}
SENT = dict(
    re.findall(
        r"^    POST (/api/v1/\S+)\n\n```json\n.+?\n```\n\n```json\n(.+?)\n```$", WORDS, re.M | re.S
    )
)


@pytest.fixture(scope="module")
def described():
    return json.loads(json.dumps(api.get_openapi_schema()))


def path_of(described, address):
    """The described path an address belongs to."""
    plain = address.partition("?")[0]
    fitting = [
        path
        for path in described["paths"]
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), plain)
    ]
    return fitting[0] if len(fitting) == 1 else None


def keys(value, where=""):
    """Every key of an example; of a list, those of its first row."""
    if isinstance(value, list):
        return keys(value[0], f"{where}[]") if value else set()
    if not isinstance(value, dict):
        return set()
    found = {f"{where}.{name}" for name in value}
    return found.union(*(keys(each, f"{where}.{name}") for name, each in value.items()))


def shape(described, schema, example):
    """The keys the description promises of such a value, as deep as the example goes."""
    if "$ref" in schema:
        schema = described["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    options = [each for each in schema.get("anyOf", []) if each.get("type") != "null"]
    if options:
        return shape(described, options[0], example) if example is not None else set()
    if "items" in schema:
        return (
            {f"[]{key}" for key in shape(described, schema["items"], example[0])}
            if example
            else set()
        )
    if "properties" not in schema:
        return {f".{name}" for name in example} if isinstance(example, dict) else set()
    found = set()
    for name, inner in schema["properties"].items():
        found |= {f".{name}"} | {
            f".{name}{key}" for key in shape(described, inner, example.get(name))
        }
    return found


def test_every_address_has_an_example(described):
    shown = {path_of(described, address) for _method, address, _text in SHOWN}
    assert shown == set(described["paths"])


@pytest.mark.parametrize("address", [each for each in EXAMPLES if "untill" not in each])
def test_example_has_the_keys_of_the_answer(described, address):
    example = json.loads(EXAMPLES[address])
    answers = described["paths"][path_of(described, address)]["get"]["responses"]
    promised = answers["200"]["content"]["application/json"]["schema"]

    assert keys(example) == shape(described, promised, example)


def test_what_is_sent_and_answered_has_the_keys_of_the_description(described):
    (method, address, sent) = next(each for each in SHOWN if each[0] == "POST")
    operation = described["paths"][address][method.lower()]
    asked = operation["requestBody"]["content"]["application/json"]["schema"]
    promised = operation["responses"]["200"]["content"]["application/json"]["schema"]
    for schema, text in ((asked, sent), (promised, SENT[address])):
        assert keys(json.loads(text)) == shape(described, schema, json.loads(text))


def test_every_parameter_is_told(described):
    told = set(re.findall(r"\?(\w+)=", WORDS))
    known = {
        parameter["name"]
        for path in described["paths"].values()
        for operation in path.values()
        for parameter in operation["parameters"]
        if parameter["in"] == "query"
    }
    assert known - told == set()


def test_every_address_declares_its_refusals(described):
    for path, methods in described["paths"].items():
        (method,) = methods
        declared = set(methods[method]["responses"])
        expected = {"200", "400", "401", "422"} | ({"404"} if "{" in path else set())
        if method == "post":
            expected |= {"403", "409"}
        assert (method, declared) == ("post" if path.endswith("/marks") else "get", expected), path
