"""The files of schemas/openapi against the gateway: what is generated from a file is answered as the file says."""

import base64
import dataclasses
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import yaml

import gateway as settings

TITLE = "The OpenAPI files"
HERE = pathlib.Path(__file__).parent
FILES = HERE.parents[1] / "schemas/openapi"

# Not made: `positive_data_acceptance`, as rules between members and what is in the store are not in a schema;
# `use_after_free`, as a canceled batch stays; `missing_required_header`, as no header is required.
CHECKS = [
    "not_a_failure", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "negative_data_rejection", "ignored_auth", "ensure_resource_availability",
]

ERRORS = [
    "BadRequest", "Unauthorized", "NotFound", "Conflict", "TooManyRequests", "InternalServerError", "Unavailable", "Token",
    "TokenError",
]
BASIC = base64.b64encode(f"{settings.APPS_KEY}:{settings.APPS_KEY_SECRET}".encode()).decode()


@dataclasses.dataclass
class File:
    name: str
    # What stands in the path before all else.
    parameters: dict
    authorization: str
    # Answers whose schema is not a request's too. Their objects are closed for the test: to customers the file leaves
    # room for members to come, and what comes without being written down is to be found here.
    answers: list
    checks: list = dataclasses.field(default_factory=list)
    url: str = "url"


SMS = File(
    "sms.yaml", {"path.service_plan_id": settings.PLAN}, f"Bearer {settings.TOKEN}",
    ["MediaBatch", "TextBatch", "MediaContent", "BatchList", "DryRun", "BatchReport", "RecipientReport",
     "RecipientReportList", "Inbound", "InboundList", "AutoUpdate", "Keywords", "Group", "GroupList", "BatchForbidden",
     "BatchChangeForbidden", "GroupForbidden", "MethodNotAllowed", "ContentTooLarge", "UnsupportedMediaType"],
    ["unsupported_method", "allow_header_conformance"])
PROJECT = {"path.project_id": settings.APPS_PROJECT}
CONVERSATION = File(
    "conversation.yaml", PROJECT, f"Basic {BASIC}",
    ["SendResponse", "TranscodeResponse", "Message", "ContactMessage", "MessageList", "App", "AppList", "Webhook",
     "WebhookList", "Contact", "ContactList", "ConflictList", "Conversation", "ConversationList", "RecentList",
     "PrintedIdentity", "Unimplemented"])
BATCH = File(
    "conversation-batch.yaml", PROJECT, f"Basic {BASIC}", ["BatchResponse", "Batch", "BatchList", "Unimplemented"],
    url="batch_url")


def closed(file):
    content = yaml.safe_load((FILES / file.name).read_text())
    for name in file.answers + ERRORS:
        close(content["components"]["schemas"][name])
    return yaml.safe_dump(content, sort_keys=False)


def close(schema):
    if schema.get("type") == "object" and "properties" in schema:
        schema.setdefault("additionalProperties", False)
    for inner in schema.get("properties", {}).values():
        close(inner)
    if "items" in schema:
        close(schema["items"])


def configuration(file):
    parameters = ", ".join(f"{json.dumps(name)} = {json.dumps(value)}" for name, value in file.parameters.items())
    return f"""
parameters = {{ {parameters} }}
headers = {{ Authorization = "{file.authorization}" }}
suppress-health-check = ["all"]
warnings = false

[[operations]]
include-operation-id = "getAccessToken"
headers = {{ Authorization = "Basic {BASIC}" }}
"""


def test(file, gateway, receiver, max_examples, seconds):
    with tempfile.TemporaryDirectory(prefix="mm7-openapi-") as folder:
        path = pathlib.Path(folder, "schemathesis.toml")
        path.write_text(configuration(file))
        written = pathlib.Path(folder, file.name)
        written.write_text(closed(file))
        tester = subprocess.run(
            [
                pathlib.Path(sys.executable).with_name("schemathesis"), "--config-file", path, "--no-color",
                "run", written, "--url", getattr(gateway, file.url), "--checks", ",".join(CHECKS + file.checks),
                "--phases", "examples,coverage,fuzzing,stateful", "--max-examples", str(max_examples),
                "--continue-on-failure", "--seed", "7", "--request-timeout", "10",
            ],
            cwd=folder, timeout=seconds,
            env=os.environ | {
                "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(HERE), "MEDIA": receiver.url, "APP": settings.CONVERSATION_APP})
    return f"schemathesis ended with {tester.returncode}" if tester.returncode else None


def run(gateway, receiver, calls, max_examples=12, seconds=900):
    return [
        (f"requests that are made from {file.name} are answered as it says",
         test(file, gateway, receiver, max_examples, seconds))
        for file in (SMS, CONVERSATION, BATCH)]
