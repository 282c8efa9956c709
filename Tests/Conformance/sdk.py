"""The vendor's SDK, unmodified, pointed at the gateway: every operation that it has for MMS, and what comes of it."""

import datetime
import json
import time

from sinch import SinchClient

import checks
import gateway as settings
from checks import Checks
from handset import deliver, text

TITLE = "The vendor's SDK, SMS"
ADA, BEN, CLEO = "12025550141", "12025550142", "12025550143"
UNKNOWN = "01KN6K9D2CB4KERY5H0PGR0P09"

check = Checks()


class Noted:
    """The SDK's operations for SMS, whose calls are noted."""

    def __init__(self, sms, calls):
        self.sms, self.calls = sms, calls
        for name in ("batches", "delivery_reports", "groups", "inbounds"):
            setattr(self, name, calls.of(f"sms.{name}", getattr(sms, name)))

    def sinch_events(self, secret):
        return self.calls.of("sms.sinch_events", self.sms.sinch_events(secret))


class Scene:
    """What the checks share: the SDK's client, where the media is, and what was sent so far."""

    def __init__(self, gateway, receiver, calls):
        self.gateway = gateway
        self.receiver = receiver
        self.client = SinchClient(service_plan_id=settings.PLAN, sms_api_token=settings.TOKEN, sms_region="us")
        self.client.configuration.sms_domain_with_service_plan_id = gateway.url
        self.sms = Noted(self.client.sms, calls)
        self.media = {"url": f"{receiver.url}/picture.jpg", "message": "Good morning, ${name}.", "subject": "Cakes"}
        self.names = {"name": {ADA: "Ada", "default": "dear guest"}}
        self.sent = None

    def later(self, hours):
        return datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=hours)

    def schedule(self, **more):
        return self.sms.batches.send_mms(
            to=[ADA, BEN], from_=settings.SENDER, body=self.media, parameters=self.names, send_at=self.later(1), **more)

    def until_delivered(self, batch, recipient, seconds=20):
        end = time.monotonic() + seconds
        while True:
            report = self.sms.delivery_reports.get_for_number(batch.id, recipient)
            if report.status == "Delivered" or time.monotonic() > end:
                return report
            time.sleep(0.05)


def refused(call, status, code=None):
    """The error has that status, and that code where one is given."""
    body = checks.refused(call, status)
    assert code is None or body["code"] == code, body


@check
def sends(scene):
    """a picture with names is taken, and comes back as it was given"""
    batch = scene.sms.batches.send_mms(
        to=[f"+{ADA}", "+1 (202) 555-0142"], from_=f"+{settings.SENDER}", body=scene.media, parameters=scene.names,
        delivery_report="per_recipient", client_reference="first", feedback_enabled=True, strict_validation=True)
    assert batch.to == [ADA, BEN] and batch.from_ == settings.SENDER
    assert batch.type == "mt_media" and batch.canceled is False and batch.delivery_report == "per_recipient"
    assert batch.body.url == scene.media["url"] and batch.body.message == scene.media["message"]
    assert batch.parameters == scene.names and batch.client_reference == "first"
    assert batch.feedback_enabled is True and batch.strict_validation is True
    assert batch.created_at == batch.modified_at and batch.send_at is None
    assert batch.expire_at - batch.created_at == datetime.timedelta(days=3)
    scene.sent = batch


@check
def delivers(scene):
    """both messages are delivered, and the reports of each say so"""
    for recipient in (ADA, BEN):
        report = scene.until_delivered(scene.sent, recipient)
        assert (report.status, report.code) == ("Delivered", 0), (report.status, report.code)
        assert report.type == "recipient_delivery_report_mms" and report.recipient == recipient
        assert report.batch_id == scene.sent.id and report.client_reference == "first"
        assert report.operator_status_at is not None


@check
def reads_a_plus_in_the_path(scene):
    """a recipient's report is found under a number with a plus sign"""
    assert scene.sms.delivery_reports.get_for_number(scene.sent.id, f"+{ADA}").recipient == ADA


@check
def reports_on_the_batch(scene):
    """the batch report counts, names recipients if asked, and filters"""
    reports = scene.sms.delivery_reports
    summary = reports.get(scene.sent.id)
    assert summary.type == "delivery_report_mms" and summary.total_message_count == 2
    assert [(entry.code, entry.status, entry.count) for entry in summary.statuses] == [(0, "Delivered", 2)]
    assert summary.statuses[0].recipients is None
    full = reports.get(scene.sent.id, report_type="full", status=["DELIVERED"], code=[0, 401])
    assert sorted(full.statuses[0].recipients) == [ADA, BEN]
    assert reports.get(scene.sent.id, status=["Aborted"]).statuses == []


@check
def lists_reports(scene):
    """final reports are listed, page by page"""
    found = list(scene.sms.delivery_reports.list(page_size=1, client_reference="first").iterator())
    assert sorted(report.recipient for report in found) == [ADA, BEN]
    window = {"start_date": scene.later(-1), "end_date": scene.later(1)}
    assert len(list(scene.sms.delivery_reports.list(code=[0], status=["DELIVERED"], **window).iterator())) == 2
    assert list(scene.sms.delivery_reports.list(end_date=scene.later(-1)).iterator()) == []


@check
def reads(scene):
    """a batch is read as it was answered"""
    assert scene.sms.batches.get(scene.sent.id) == scene.sent


@check
def lists_batches(scene):
    """batches are listed by sender, reference and time, page by page, newest first"""
    second = scene.sms.batches.send_mms(
        to=[CLEO], from_=settings.SENDER, body={"url": scene.media["url"]}, client_reference="second")
    batches = scene.sms.batches
    assert [b.id for b in batches.list(client_reference="first").iterator()] == [scene.sent.id]
    assert [b.id for b in batches.list(page_size=1).iterator()] == [second.id, scene.sent.id]
    window = {"start_date": scene.later(-1), "end_date": scene.later(1)}
    assert len(batches.list(from_=[settings.SENDER, "12025550199"], **window).content()) == 2
    assert batches.list(from_=["12025550199"]).content() == []
    past = batches.list(page=7)
    assert past.content() == [] and past.result.count == 2 and past.result.page_size == 0


@check
def dry_runs(scene):
    """a dry run tells what each recipient would read, and sends nothing"""
    result = scene.sms.batches.dry_run_mms(
        to=[ADA, BEN], from_=settings.SENDER, body=scene.media, parameters=scene.names, per_recipient=True,
        number_of_recipients=10)
    assert (result.number_of_recipients, result.number_of_messages) == (2, 2)
    assert [(each.recipient, each.body) for each in result.per_recipient] == [
        (ADA, "Good morning, Ada."), (BEN, "Good morning, dear guest.")]
    assert scene.sms.batches.dry_run_mms(to=[ADA], from_=settings.SENDER, body=scene.media).per_recipient is None


@check
def updates(scene):
    """a scheduled batch is updated: what is given changes, the rest stays"""
    batch = scene.schedule(client_reference="changing")
    when = scene.later(2)
    updated = scene.sms.batches.update_mms(
        batch.id, to_add=[CLEO], to_remove=[BEN], send_at=when, delivery_report="summary", feedback_enabled=True)
    assert updated.id == batch.id and updated.to == [ADA, CLEO]
    assert updated.delivery_report == "summary" and updated.feedback_enabled is True
    assert abs(updated.send_at - when) < datetime.timedelta(milliseconds=1)
    assert updated.body == batch.body and updated.client_reference == "changing"
    assert updated.created_at == batch.created_at and updated.modified_at > batch.modified_at
    assert scene.sms.batches.get(batch.id) == updated
    scene.scheduled = updated


@check
def replaces(scene):
    """a scheduled batch is replaced: what is not given takes its default"""
    batch = scene.sms.batches.replace_mms(
        scene.scheduled.id, to=[BEN], from_=settings.SENDER, body={"url": scene.media["url"]}, send_at=scene.later(3))
    assert batch.id == scene.scheduled.id and batch.to == [BEN] and batch.canceled is False
    assert batch.body.message is None and batch.parameters is None and batch.client_reference is None
    assert batch.delivery_report == "none" and batch.feedback_enabled is False
    assert batch.created_at == scene.scheduled.created_at


@check
def cancels(scene):
    """a scheduled batch is canceled, once and again, and cannot be changed any more"""
    batch = scene.sms.batches.cancel(scene.scheduled.id)
    assert batch.canceled is True and batch.type == "mt_media"
    assert scene.sms.batches.cancel(batch.id).canceled is True
    assert scene.sms.batches.get(batch.id).canceled is True
    refused(lambda: scene.sms.batches.update_mms(batch.id, to_add=[CLEO]), 403, "batch_already_dispatched")


@check
def refuses_late_changes(scene):
    """a batch that was sent is neither updated nor replaced"""
    refused(lambda: scene.sms.batches.update_mms(scene.sent.id, to_add=[CLEO]), 403, "batch_already_dispatched")
    refused(
        lambda: scene.sms.batches.replace_mms(scene.sent.id, to=[CLEO], from_=settings.SENDER, body=scene.media),
        403, "batch_already_dispatched")


@check
def takes_feedback(scene):
    """feedback is taken for one recipient and for all, where the batch expects it"""
    scene.sms.batches.send_delivery_feedback(scene.sent.id, recipients=[f"+{ADA}"])
    scene.sms.batches.send_delivery_feedback(scene.sent.id, recipients=[])
    other = scene.schedule()
    refused(lambda: scene.sms.batches.send_delivery_feedback(other.id, recipients=[ADA]), 400)
    scene.sms.batches.cancel(other.id)


@check
def keeps_groups(scene):
    """a group is made, read, listed, updated and replaced"""
    groups = scene.sms.groups
    words = {"to": settings.SENDER, "add": {"first_word": "CAKE"}, "remove": {"first_word": "STOP"}}
    group = groups.create(name="Guests", members=[f"+{ADA}", BEN], auto_update=words)
    assert group.name == "Guests" and group.size == 2 and group.child_groups == []
    assert group.auto_update.to == settings.SENDER and group.auto_update.add.first_word == "CAKE"
    assert groups.get(group.id) == group
    assert sorted(groups.list_members(group.id).content()) == [ADA, BEN]
    changed = groups.update(group.id, add=[CLEO], remove=[BEN], name="Regulars")
    assert changed.size == 2 and changed.name == "Regulars" and changed.modified_at >= group.modified_at
    other = groups.create(members=[BEN])
    assert groups.update(group.id, add_from_group=other.id, name="Regulars").size == 3
    assert groups.replace(group.id, members=[ADA, BEN], name="Both").size == 2
    assert [each.id for each in groups.list(page_size=1).iterator()] == [other.id, group.id]
    refused(lambda: groups.create(name="Both"), 403, "conflict_group_name")
    groups.delete(other.id)
    refused(lambda: groups.get(other.id), 404)
    scene.group = group


@check
def sends_to_groups(scene):
    """a batch to a group reaches each of its numbers"""
    batch = scene.sms.batches.send_mms(
        to=[scene.group.id], from_=settings.SENDER, body=scene.media, parameters=scene.names)
    assert batch.to == [scene.group.id]
    for recipient in (ADA, BEN):
        assert scene.until_delivered(batch, recipient).status == "Delivered"
    refused(
        lambda: scene.sms.batches.send_mms(to=[UNKNOWN], from_=settings.SENDER, body=scene.media), 403, "unknown_group")


@check
def deletes_groups(scene):
    """a deleted group is gone"""
    scene.sms.groups.delete(scene.group.id)
    refused(lambda: scene.sms.groups.list_members(scene.group.id), 404)


@check
def lists_inbounds(scene):
    """an inbound message is listed and read, and an unknown one is 404"""
    deliver(scene.gateway.mmscs, settings.SENDER, text("Is it ready?"))
    found = list(scene.sms.inbounds.list(to=[settings.SENDER], start_date=scene.later(-1)).iterator())
    assert [each.body.message for each in found] == ["Is it ready?"]
    assert scene.sms.inbounds.get(found[0].id) == found[0]
    refused(lambda: scene.sms.inbounds.get(UNKNOWN), 404)


@check
def sends_texts(scene):
    """a text goes out as an MMS where the plan may, and is told as a text"""
    batch = scene.sms.batches.send_sms(to=[ADA], from_=settings.SENDER, body="Your cake is ready.")
    assert batch.type == "mt_text" and batch.body == "Your cake is ready." and batch.flash_message is False
    report = scene.until_delivered(batch, ADA)
    assert (report.type, report.status) == ("recipient_delivery_report_sms", "Delivered")


@check
def changes_texts(scene):
    """a scheduled text is updated and replaced, and a dry run shows it"""
    batches, when = scene.sms.batches, scene.later(1)
    batch = batches.send_sms(to=[ADA], from_=settings.SENDER, body="Your cake is ready.", send_at=when)
    assert batches.update_sms(batch.id, body="Your cake waits.", to_add=[BEN]).to == [ADA, BEN]
    replaced = batches.replace_sms(batch.id, to=[BEN], from_=settings.SENDER, body="Come by.", send_at=when)
    assert (replaced.id, replaced.to, replaced.body) == (batch.id, [BEN], "Come by.")
    shown = batches.dry_run_sms(to=[BEN], from_=settings.SENDER, body="Come by.", per_recipient=True)
    assert shown.per_recipient[0].body == "Come by."
    batches.cancel(batch.id)


@check
def sends_any_kind(scene):
    """the operations that take a batch of any kind do the same"""
    batches, when = scene.sms.batches, scene.later(1)
    request = {"type": "mt_media", "to": [ADA], "from_": settings.SENDER, "body": {"url": scene.media["url"]}}
    batch = batches.send(**request, send_at=when)
    assert batch.type == "mt_media" and batch.from_ == settings.SENDER
    assert batches.update(batch.id, type="mt_media", to_add=[BEN]).to == [ADA, BEN]
    assert batches.replace(batch.id, **{**request, "to": [CLEO]}, send_at=when).to == [CLEO]
    assert batches.dry_run(**request).number_of_recipients == 1
    batches.cancel(batch.id)


@check
def refuses_binary(scene):
    """a binary batch is refused, whatever is to be done with it"""
    batches, binary = scene.sms.batches, {"body": "3q2+7w==", "udh": "06050423F423F4"}
    batch = scene.schedule()
    for call in (
        lambda: batches.send_binary(to=[ADA], from_=settings.SENDER, **binary),
        lambda: batches.dry_run_binary(to=[ADA], from_=settings.SENDER, **binary),
        lambda: batches.replace_binary(batch.id, to=[ADA], from_=settings.SENDER, **binary),
    ):
        refused(call, 403, "unsupported_type")
    checks.refused(lambda: batches.update_binary(batch.id, **binary), 400)
    batches.cancel(batch.id)


@check
def tells(scene):
    """webhook calls carry a signature that the SDK's validator takes, and parse into its reports"""
    summary = scene.sms.batches.send_mms(
        to=[ADA, BEN], from_=settings.SENDER, body=scene.media, parameters=scene.names, delivery_report="full",
        callback_url=f"{scene.receiver.url}/own", client_reference="told")

    def is_of(batch, kind):
        return lambda _, body: (told := json.loads(body)).get("batch_id") == batch.id and told["type"] == kind

    events = scene.sms.sinch_events(settings.SECRET)
    told = {}
    for batch, kind in [(summary, "delivery_report_mms"), (scene.sent, "recipient_delivery_report_mms")]:
        call = scene.receiver.wait(is_of(batch, kind))
        assert call, f"no {kind} was told"
        headers, body = call
        assert headers["Content-Type"].startswith("application/json")
        assert events.validate_authentication_header(headers, body), f"{kind}: the signature does not hold"
        assert not events.validate_authentication_header(headers, body + b" "), "a changed body passes"
        assert not scene.sms.sinch_events("another").validate_authentication_header(headers, body)
        told[kind] = events.parse_event(body, headers)
    assert told["delivery_report_mms"].total_message_count == 2
    assert sorted(told["delivery_report_mms"].statuses[0].recipients) == [ADA, BEN]
    assert told["recipient_delivery_report_mms"].client_reference == "first"


@check
def tells_every_status(scene):
    """of a batch with per_recipient each message is told as dispatched or at once as delivered, in the end delivered"""
    for recipient in (ADA, BEN):
        end = time.monotonic() + 20
        statuses = set()
        while "Delivered" not in statuses and time.monotonic() < end:
            told = [json.loads(body) for _, body in list(scene.receiver.calls)]
            statuses = {
                each["status"] for each in told
                if each.get("batch_id") == scene.sent.id and each.get("recipient") == recipient}
            time.sleep(0.05)
        assert "Delivered" in statuses and statuses <= {"Queued", "Dispatched", "Delivered"}, statuses


@check
def refuses_foreign_tokens(scene):
    """a wrong token is 401 and an unknown batch 404"""
    other = SinchClient(service_plan_id=settings.PLAN, sms_api_token="another", sms_region="us")
    other.configuration.sms_domain_with_service_plan_id = scene.gateway.url
    refused(lambda: other.sms.batches.get(scene.sent.id), 401)
    refused(lambda: scene.sms.batches.get(UNKNOWN), 404)


@check
def refuses_what_is_malformed(scene):
    """a number that is none and a report without an address are refused with the API's codes"""
    send = scene.sms.batches.send_mms
    refused(lambda: send(to=["12ab"], from_=settings.SENDER, body=scene.media), 400, "syntax_invalid_parameter_format")
    refused(lambda: send(to=[], from_=settings.SENDER, body=scene.media), 400, "syntax_constraint_violation")
    refused(
        lambda: send(
            to=[ADA], from_=settings.SENDER, body=scene.media, send_at=scene.later(2), expire_at=scene.later(1)),
        400, "syntax_constraint_violation")


@check
def opens_with_an_access_key(scene):
    """with a project's access key the SDK fetches a token and sees the same batches"""
    client = SinchClient(
        project_id=settings.PROJECT, key_id=settings.KEY, key_secret=settings.KEY_SECRET, sms_region="us")
    client.configuration.sms_domain = scene.gateway.url
    client.configuration.auth_origin = scene.gateway.url
    assert client.sms.batches.get(scene.sent.id) == scene.sent


def run(gateway, receiver, calls):
    return check.run(Scene(gateway, receiver, calls))
