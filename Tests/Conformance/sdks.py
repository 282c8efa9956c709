"""docs/sdks.md: which operations of the SDK are carried out, by what the checks have just seen."""

import importlib.metadata
import pathlib
import re

PAGE = pathlib.Path(__file__).parents[2] / "docs/sdks.md"
BEGIN, END = "<!-- made by make conformance -->", "<!-- end -->"

# What is refused whatever is asked, and why.
REFUSED = {
    "sms.batches.send_binary": "`403 unsupported_type`: an MMS has no binary form",
    "sms.batches.update_binary": "as `send_binary`: there is no such batch to change",
    "sms.batches.replace_binary": "as `send_binary`: there is no such batch to replace",
    "sms.batches.dry_run_binary": "`403 unsupported_type`, as `send_binary`",
    "conversation.contacts.get_channel_profile": "`400 FAILED_PRECONDITION`: on MMS nobody has a profile",
    "conversation.contacts.get_channel_profile_by_contact_id": "`400 FAILED_PRECONDITION`: on MMS nobody has a profile",
    "conversation.contacts.get_channel_profile_by_channel_identity": "`400 FAILED_PRECONDITION`: on MMS nobody has a profile",
}


def run(calls):
    """Writes the table where the page has it; an operation that no check called is a fault."""
    rows, results = [], []
    for name in calls.operations:
        works = name in calls.carried_out
        results.append((f"{name} is tried", None if works or name in REFUSED and name in calls.called else "it is not"))
        rows.append(f"| `{name}` | {'works' if works else REFUSED.get(name, 'not tried')} |")
    version = importlib.metadata.version("sinch")
    table = "\n".join([BEGIN, "", f"| operation | Python, `sinch` {version} |", "| --- | --- |", *rows, "", END])
    page = PAGE.read_text()
    written = re.sub(f"{BEGIN}.*{END}", lambda _: table, page, flags=re.DOTALL)
    if written != page and not any(fault for _, fault in results):
        PAGE.write_text(written)
        print(f"\n{PAGE.name} is new")
    failed = [result for result in results if result[1]]
    return failed or [("every operation of the SDK is tried, and docs/sdks.md says what comes of it", None)]
