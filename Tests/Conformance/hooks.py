"""Changes what schemathesis generates, so that it stays here and gets beyond the first checks: good addresses
become the receiver's, good times lie ahead, ids of groups become numbers. What is malformed stays as it is."""

import datetime
import os
import re

import schemathesis

ADDRESS = re.compile(r"[Hh][Tt][Tt][Pp][Ss]?://\S+")
TIME = re.compile(r"\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}(:?\d{2})?)?)?")
ID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")


@schemathesis.hook
def before_call(context, case, **kwargs):
    body = case.body
    if not isinstance(body, dict):
        return
    keep(body, "callback_url")
    if isinstance(body.get("body"), dict):
        keep(body["body"], "url")
    for name, hours in [("send_at", 1), ("expire_at", 2)]:
        if isinstance(body.get(name), str) and TIME.fullmatch(body[name]):
            body[name] = later(hours)
    if isinstance(body.get("to"), list):
        body["to"] = [number(place) if is_id(entry) else entry for place, entry in enumerate(body["to"])]


def keep(members, name):
    address = members.get(name)
    if isinstance(address, str) and len(address) <= 2048 and ADDRESS.fullmatch(address):
        members[name] = f"{os.environ['MEDIA']}/picture.jpg"


def later(hours):
    time = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=hours)
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def is_id(entry):
    return isinstance(entry, str) and ID.fullmatch(entry)


def number(place):
    return f"1202555{place:04}"
