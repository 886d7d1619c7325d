# SPDX-License-Identifier: Apache-2.0
"""Leads valid requests to what is there: authorities that have keys, an artifact that is signed, a tag that exists.

Made from the description alone, nearly every valid request names an authority that nobody knows, and is refused before
the server does anything. Requests that are invalid on purpose stay as they are.
"""

import json
import zlib

import schemathesis

SUM = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
AUTHORITIES = ("build", "release")
FORMATS = ("raw", "openpgp", "sigstore")


def path(name, value):
    return lambda case, number: case.path_parameters.update({name: value})


def authorities(case, number):
    case.query["authorities"] = [AUTHORITIES[number % 2]]


def tag(case, number):
    authorities(case, number)
    case.path_parameters["name"] = "fuzzed"
    if case.method == "POST":
        case.body = "job: 42\n"


def signature(case, number):
    if case.media_type == "application/json":
        case.query = {}
        case.body = asked(number) | {"artifact": case.body["artifact"]}
    else:
        authority, form = AUTHORITIES[number % 2], FORMATS[number % 3]
        case.query = {"authority": authority, "format": form, "artifact": f"fuzzed-{number % 10}"}


def asked(number):
    return {
        "authority": AUTHORITIES[number % 2],
        "format": "raw",
        "encoding": "binary",
        "artifact": "fuzzed",
        "size": 5,
        "digests": {"sha256": SUM},
        "states": [],
    }


def batch(case, number):
    for index, request in enumerate(case.body["requests"]):
        if index % 2 == 0:
            request.update(asked(number))


def statement(case, number):
    case.body["authority"] = AUTHORITIES[number % 2]


def question(case, number):
    case.body["sha256"] = SUM
    if "policy" in case.body:
        case.body["policy"] = "production"
        if "summary" in case.body:
            case.body["summary"] = {"as": AUTHORITIES[number % 2]}


def payload(case, number):
    case.query = {"authority": AUTHORITIES[number % 2]}
    case.body = "tag: fuzzed\njob: 42\n"


def entry(case, number):
    case.path_parameters.update({"sha256": SUM, "index": 0})


def tool_file(case, number):
    case.path_parameters.update({"tool": "gpg", "file": "build.gpg"})


DEEPER = {
    "POST /v1/signatures": signature,
    "POST /v1/signatures/batch": batch,
    "POST /v1/statements": statement,
    "POST /v1/verifications": question,
    "GET /v1/policies/{policy}": path("policy", "production"),
    "GET /v1/artifacts/{sha256}": path("sha256", SUM),
    "GET /v1/artifacts/{sha256}/{index}": entry,
    "GET /v1/artifacts/{sha256}/{index}/signature": entry,
    "GET /v1/artifacts/{sha256}/{index}/receipt": entry,
    "GET /v1/authorities/{authority}": path("authority", "build"),
    "GET /v1/keyring/{file}": path("file", "build.raw.pem"),
    "GET /v1/keyring/for/{tool}/{file}": tool_file,
    "POST /tags/{name}": tag,
    "PUT /tags/{name}": tag,
    "GET /tags/{name}": tag,
    "GET /tags/{name}/file": path("name", "fuzzed"),
    "POST /sign": payload,
}


@schemathesis.hook
def map_case(context, case):
    lead = DEEPER.get(context.operation.label)
    valid = case.meta is not None and case.meta.generation.mode.is_positive
    number = zlib.crc32(json.dumps([case.body, case.query, case.path_parameters], default=str).encode())
    # Some stay as they were made.
    if lead is not None and valid and number % 4 != 3:
        lead(case, number)
        # One key for each request, or nearly all would contradict the first.
        if "Idempotency-Key" in (case.headers or {}):
            case.headers["Idempotency-Key"] = str(number)
    return case
