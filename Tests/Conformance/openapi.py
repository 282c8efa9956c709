"""schemas/openapi/sms.yaml against the gateway: what it generates from the file is answered as the file says."""

import base64
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import yaml

import gateway as settings

TITLE = "The OpenAPI file"
HERE = pathlib.Path(__file__).parent
FILE = HERE.parents[1] / "schemas/openapi/sms.yaml"

# Not made: `positive_data_acceptance`, as rules between members and what is in the store are not in a schema;
# `use_after_free`, as a canceled batch stays; `missing_required_header`, as no header is required.
CHECKS = [
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "negative_data_rejection", "unsupported_method", "allow_header_conformance",
    "ignored_auth", "ensure_resource_availability",
]


# Answers, but for tags, whose schema is the request's too. Their objects are closed for the test: to customers the file
# leaves room for members to come, and what comes without being written down is to be found here.
ANSWERS = [
    "MediaBatch", "TextBatch", "MediaContent", "BatchList", "DryRun", "BatchReport", "RecipientReport",
    "RecipientReportList", "Inbound", "InboundList", "AutoUpdate", "Keywords", "Group", "GroupList", "Token",
    "TokenError", "BadRequest", "Unauthorized", "BatchForbidden", "BatchChangeForbidden", "GroupForbidden", "NotFound",
    "MethodNotAllowed", "Conflict", "ContentTooLarge", "UnsupportedMediaType", "TooManyRequests", "InternalServerError",
    "Unavailable",
]


def closed_file():
    file = yaml.safe_load(FILE.read_text())
    for name in ANSWERS:
        close(file["components"]["schemas"][name])
    return yaml.safe_dump(file, sort_keys=False)


def close(schema):
    if schema.get("type") == "object":
        schema.setdefault("additionalProperties", False)
    for inner in schema.get("properties", {}).values():
        close(inner)
    if "items" in schema:
        close(schema["items"])


def configuration():
    basic = base64.b64encode(f"{settings.KEY}:{settings.KEY_SECRET}".encode()).decode()
    return f"""
parameters = {{ "path.service_plan_id" = {json.dumps(settings.PLAN)} }}
headers = {{ Authorization = "Bearer {settings.TOKEN}" }}
suppress-health-check = ["all"]
warnings = false

[[operations]]
include-operation-id = "getAccessToken"
headers = {{ Authorization = "Basic {basic}" }}
"""


def run(gateway, receiver, max_examples=12, seconds=600):
    with tempfile.TemporaryDirectory(prefix="mm7-openapi-") as folder:
        path = pathlib.Path(folder, "schemathesis.toml")
        path.write_text(configuration())
        file = pathlib.Path(folder, FILE.name)
        file.write_text(closed_file())
        tester = subprocess.run(
            [
                pathlib.Path(sys.executable).with_name("schemathesis"), "--config-file", path, "--no-color",
                "run", file, "--url", gateway.url, "--checks", ",".join(CHECKS), "--phases",
                "examples,coverage,fuzzing,stateful", "--max-examples", str(max_examples), "--continue-on-failure",
                "--seed", "7", "--request-timeout", "10",
            ],
            cwd=folder, timeout=seconds,
            env=os.environ | {"SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(HERE), "MEDIA": receiver.url})
    fault = f"schemathesis ended with {tester.returncode}" if tester.returncode else None
    return [("requests that are made from the OpenAPI file are answered as it says", fault)]
