"""The vendor's SDK through the Conversation API: messages of every kind, and what comes of them."""

import datetime
import json
import urllib.request

from sinch import SinchClient

import gateway as settings
from checks import Checks, refused
from handset import deliver, picture, text

TITLE = "The vendor's SDK, Conversation API: messages"
ADA, BEN, CLEO, DORA = "12025550141", "12025550142", "12025550143", "12025550144"
UNKNOWN = "01KN6K9D2CB4KERY5H0PGR0P09"
HOOK_SECRET, RECEIPT_SECRET = settings.WEBHOOK_SECRET, "secret-of-receipts"
TRIGGERS = [
    "MESSAGE_DELIVERY", "MESSAGE_SUBMIT", "MESSAGE_INBOUND", "UNSUPPORTED", "CONVERSATION_START", "CONTACT_CREATE",
    "BATCH_STATUS_UPDATE"]

check = Checks()


class Scene:
    """What the checks share: the SDK's client, an app made by it, and what was sent so far."""

    def __init__(self, gateway, receiver, calls, sender=settings.APP_SENDER):
        self.gateway, self.receiver = gateway, receiver
        self.client = SinchClient(
            project_id=settings.APPS_PROJECT, key_id=settings.APPS_KEY, key_secret=settings.APPS_KEY_SECRET,
            conversation_region="us")
        self.client.configuration.conversation_domain = gateway.url
        self.client.configuration.auth_origin = gateway.url
        conversation = self.client.conversation
        self.apps = calls.of("conversation.apps", conversation.apps)
        self.contacts = calls.of("conversation.contacts", conversation.contacts)
        self.messages = calls.of("conversation.messages", conversation.messages)
        self.events = {
            secret: calls.of("conversation.sinch_events", conversation.sinch_events(secret))
            for secret in (HOOK_SECRET, RECEIPT_SECRET)}
        self.media = {"url": f"{receiver.url}/picture.jpg"}
        self.app = self.make_app(sender)
        self.post("webhooks", {
            "app_id": self.app.id, "target": f"{receiver.url}/conversation", "target_type": "HTTP",
            "secret": HOOK_SECRET, "triggers": TRIGGERS})
        self.sent = {}

    def make_app(self, sender):
        return self.apps.create(
            channel_credentials={"MMS": {
                "account_id": "bakery-18", "api_key": "key-of-the-bakery", "default_sender": sender,
                "basic_auth": {"username": "ovens", "password": "secret-of-the-oven"}}},
            display_name="Bakery", processing_mode="CONVERSATION",
            event_destination_settings={"secret_for_overridden_target": RECEIPT_SECRET},
            message_retry_settings={"retry_duration": 900})

    def post(self, path, body, url=None):
        """A call that the SDK does not have."""
        token = self.client.configuration.token_manager.get_auth_token().access_token
        request = urllib.request.Request(
            f"{url or self.gateway.url}/v1/projects/{settings.APPS_PROJECT}/{path}", data=json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)

    def send(self, kind, *content, to=ADA, **more):
        """Sends by the operation of its kind, and keeps the answer under the kind."""
        operation = getattr(self.messages, f"send_{kind}_message")
        if "contact_id" not in more:
            more["recipient_identities"] = [{"channel": "MMS", "identity": f"+{to}"}]
        answer = operation(self.app.id, *content, **more)
        assert len(answer.message_id) == 26 and answer.accepted_time.tzinfo is not None
        self.sent[kind] = answer.message_id
        return answer

    def told(self, event, is_wanted, secret=HOOK_SECRET):
        """A callback as the SDK reads it, after its signature was checked; also the JSON of it."""
        def is_it(_, body):
            call = json.loads(body)
            return event in call and is_wanted(call[event])

        call = self.receiver.wait(is_it)
        assert call, f"no {event} came"
        headers, body = call
        events = self.events[secret]
        assert headers["Content-Type"].startswith("application/json")
        assert events.validate_authentication_header(headers, body), "the signature does not hold"
        assert not events.validate_authentication_header(headers, body + b" "), "a changed body passes"
        read = events.parse_event(body, headers)
        assert read.project_id == settings.APPS_PROJECT and read.app_id in (self.app.id, settings.APP)
        assert read.accepted_time.tzinfo is not None and read.event_time.tzinfo is not None
        return read, json.loads(body)[event]

    def receipt(self, message_id, status, **more):
        read, _ = self.told(
            "message_delivery_report", lambda it: it["message_id"] == message_id and it["status"] == status, **more)
        return read


def later(hours):
    return datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=hours)


@check
def sends(scene):
    """messages of every kind are taken"""
    choices = [{"text_message": {"text": "Two loaves"}, "postback_data": "two"}, {"text_message": {"text": "One"}}]
    scene.send("text", "Your bread is in the oven.", message_metadata="loaf-12", correlation_id="oven-3", ttl=7200)
    scene.send("media", scene.media, channel_properties={"MMS_STRICT_VALIDATION": "true"}, queue="HIGH_PRIORITY")
    scene.send("card", {"title": "Rye", "description": "Dark", "media_message": scene.media, "choices": choices})
    scene.send(
        "choice", {"text_message": {"text": "How many?"}, "choices": choices}, to=BEN, message_metadata="question",
        conversation_metadata={"order": {"id": 12}})
    scene.send("carousel", {"cards": [{"title": "Rye", "media_message": scene.media}, {"title": "White"}]})
    scene.send(
        "location", {"title": "The oven", "coordinates": {"latitude": 47.7981899, "longitude": -4.3727685}})


@check
def sends_in_any_way(scene):
    """a message of any kind is sent by one operation, with another body for MMS"""
    answer = scene.messages.send(
        scene.app.id, {"text_message": {"text": "Look."}, "explicit_channel_omni_message": {
            "MMS": {"media_message": scene.media}}},
        recipient_identities=[{"channel": "MMS", "identity": CLEO}], channel_priority_order=["MMS"],
        processing_strategy="DISPATCH_ONLY", event_destination_target=f"{scene.receiver.url}/receipts")
    read = scene.receipt(answer.message_id, "DELIVERED", secret=RECEIPT_SECRET)
    assert read.message_delivery_report.processing_mode == "DISPATCH"
    assert read.message_delivery_report.contact_id == "" == read.message_delivery_report.conversation_id


@check
def receipts(scene):
    """each is queued on the channel and delivered, and its receipts say what it was sent with"""
    for kind in ("text", "media", "card", "choice", "carousel", "location"):
        scene.receipt(scene.sent[kind], "QUEUED_ON_CHANNEL")
        scene.receipt(scene.sent[kind], "DELIVERED")
    read = scene.receipt(scene.sent["text"], "DELIVERED")
    report = read.message_delivery_report
    assert read.correlation_id == "oven-3" and report.metadata == "loaf-12" and report.reason is None
    assert (report.channel_identity.channel, report.channel_identity.identity) == ("MMS", ADA)
    assert report.processing_mode == "CONVERSATION" and report.contact_id and report.conversation_id
    scene.contact, scene.conversation = report.contact_id, report.conversation_id


@check
def submits(scene):
    """what was handed to the channel is told as it was sent"""
    read, _ = scene.told("message_submit_notification", lambda it: it["message_id"] == scene.sent["text"])
    notification = read.message_submit_notification
    assert notification.submitted_message.text_message.text == "Your bread is in the oven."
    assert notification.metadata == "loaf-12" and notification.contact_id == scene.contact


@check
def tells_of_the_contact(scene):
    """the contact and the conversation that came of it are told as events that the SDK does not know"""
    _, created = scene.told("contact_create_notification", lambda it: it["contact"]["id"] == scene.contact)
    assert created["contact"]["channel_identities"][0]["identity"] == ADA
    _, started = scene.told(
        "conversation_start_notification", lambda it: it["conversation"]["id"] == scene.conversation)
    assert started["conversation"]["contact_id"] == scene.contact


@check
def fails(scene):
    """a list, contact info and a template are taken, and end as FAILED"""
    scene.send("list", {"title": "Breads", "sections": [{"title": "Dark", "items": [{"choice": {"title": "Rye"}}]}]})
    scene.send("contact_info", {"name": {"full_name": "Ann Baker"}, "phone_numbers": [{"phone_number": "+12025550161"}]})
    scene.send("template", {"omni_template": {"template_id": UNKNOWN, "version": "1"}})
    for kind in ("list", "contact_info", "template"):
        report = scene.receipt(scene.sent[kind], "FAILED").message_delivery_report
        assert report.reason.code == "UNSUPPORTED_OPERATION", report.reason
        assert report.reason.sub_code == "UNSPECIFIED_SUB_CODE" and report.reason.description


@check
def receives(scene):
    """a text, a picture, and a picture with a text from a handset come as contact messages"""
    number = settings.APP_SENDER
    deliver(scene.gateway.mmscs, number, text("Is it ready?"), sender=DORA)
    deliver(scene.gateway.mmscs, number, picture(), sender=DORA)
    deliver(scene.gateway.mmscs, number, text("Our cake"), picture(), sender=DORA)
    for form in ("text_message", "media_message", "media_card_message"):
        read, _ = scene.told("message", lambda it: form in it["contact_message"])
        message = read.message
        assert message.direction == "TO_APP" and message.sender_id == number and message.injected is False
        assert message.channel_identity.identity == DORA and message.contact_id and message.conversation_id
        content = getattr(message.contact_message, form)
        assert getattr(content, "text", "Is it ready?") == "Is it ready?"
        assert getattr(content, "caption", "Our cake") == "Our cake"
        if form != "text_message":
            with urllib.request.urlopen(content.url, timeout=10) as media:
                assert media.read() == picture()[1]


@check
def knows_choices(scene):
    """a text that is one of the choices comes as the response to it, with the metadata of both"""
    deliver(scene.gateway.mmscs, settings.APP_SENDER, text("* two LOAVES "), sender=BEN)
    read, _ = scene.told("message", lambda it: "choice_response_message" in it["contact_message"])
    response = read.message.contact_message.choice_response_message
    assert response.message_id == scene.sent["choice"] and response.postback_data == "two"
    assert read.message.metadata == "question" and json.loads(read.message_metadata) == {"order": {"id": 12}}


@check
def reads(scene):
    """messages are read, listed page by page, and changed in their metadata"""
    message = scene.messages.get(scene.sent["text"], messages_source="CONVERSATION_SOURCE")
    assert message.app_message.text_message.text == "Your bread is in the oven." and message.metadata == "loaf-12"
    assert message.direction == "TO_CONTACT" and message.contact_id == scene.contact
    window = {"start_time": later(-1), "end_time": later(1), "app_id": scene.app.id}
    listed = list(scene.messages.list(page_size=2, contact_id=scene.contact, **window).iterator())
    ids = [each.id for each in listed]
    assert set(scene.sent.values()) - {scene.sent["choice"]} == set(ids) and len(set(ids)) == len(ids), ids
    assert [each.accept_time for each in listed] == sorted((each.accept_time for each in listed), reverse=True)
    inbound = scene.messages.list(direction="TO_APP", channel_identity=DORA, channel="MMS", app_id=scene.app.id)
    assert len(list(inbound.iterator())) == 3
    assert scene.messages.list(view="WITHOUT_METADATA", contact_id=scene.contact).content()[-1].metadata == ""
    changed = scene.messages.update(scene.sent["text"], "eaten")
    assert changed.metadata == "eaten" == scene.messages.get(scene.sent["text"]).metadata


@check
def reads_the_last(scene):
    """the last message of each number, or contact, is read"""
    by_number = scene.messages.list_last_messages_by_channel_identity(channel_identities=[ADA, BEN])
    found = {each.channel_identity.identity: each for each in by_number.iterator()}
    assert set(found) == {ADA, BEN} and found[BEN].direction == "TO_APP" and found[ADA].direction == "TO_CONTACT"
    by_contact = scene.messages.list_last_messages_by_channel_identity(
        contact_ids=[scene.contact], direction="TO_CONTACT", page_size=5)
    assert [each.contact_id for each in by_contact.iterator()] == [scene.contact]


@check
def deletes(scene):
    """a message that is deleted is gone, and an unknown one was never there"""
    scene.messages.delete(scene.sent["location"])
    for message in (scene.sent["location"], UNKNOWN):
        assert refused(lambda: scene.messages.get(message), 404)["error"]["status"] == "NOT_FOUND"


@check
def refuses(scene):
    """what is malformed is refused with all its faults, an unknown app with 404, a foreign key with 401"""
    body = refused(lambda: scene.send("text", "", correlation_id="x" * 129), 400)["error"]
    fields = [each["field"] for each in body["details"][0]["fieldViolations"]]
    assert body["status"] == "INVALID_ARGUMENT" and fields == ["message.text_message.text", "correlation_id"], body
    number = [{"channel": "MMS", "identity": ADA}]
    send = scene.messages.send_text_message
    assert refused(lambda: send(UNKNOWN, "Hello", recipient_identities=number), 404)["error"]["code"] == 404
    other = SinchClient(
        project_id=settings.APPS_PROJECT, key_id=settings.APPS_KEY, key_secret="another", conversation_region="us")
    other.configuration.conversation_domain = other.configuration.auth_origin = scene.gateway.url
    refused(lambda: other.conversation.apps.list(), 401)


@check
def dispatches(scene):
    """an app of the configuration sends in DISPATCH mode, without contact and conversation"""
    answer = scene.messages.send_media_message(
        settings.APP, scene.media, recipient_identities=[{"channel": "MMS", "identity": CLEO}])
    report = scene.receipt(answer.message_id, "DELIVERED", secret=HOOK_SECRET).message_delivery_report
    assert (report.contact_id, report.conversation_id, report.processing_mode) == ("", "", "DISPATCH")


@check
def batches(scene):
    """a batch of the Batch API becomes messages, whose callbacks the SDK reads; so it does its status"""
    def recipient(number, **parameters):
        identities = [{"channel": "MMS", "identity": number}]
        return {"recipient": {"identified_by": {"channel_identities": identities}}, "parameters": parameters}

    batch = scene.post("messages", {
        "app_id": scene.app.id, "message": {"text_message": {"text": "Good morning, ${name}."}},
        "recipient_and_params": [recipient(ADA, name="Ada"), recipient(BEN)], "batch_metadata": {"week": "12"},
    }, url=scene.gateway.batch_url)
    read, status = scene.told("batch_status_update_notification", lambda it: it["batch_status"].endswith("_PROCESSED"))
    assert status["batch_id"] == batch["batch_id"]
    _, failed = scene.told("message_delivery_report", lambda it: it.get("batch_id") == batch["batch_id"])
    assert failed["message_index"] == 1 and failed["reason"]["code"] == "BAD_REQUEST", failed
    read, _ = scene.told(
        "message_delivery_report", lambda it: batch["batch_id"] in it["metadata"] and it["status"] == "DELIVERED")
    made = scene.messages.get(read.message_delivery_report.message_id)
    assert made.app_message.text_message.text == "Good morning, Ada."


def run(gateway, receiver, calls):
    return check.run(Scene(gateway, receiver, calls))
