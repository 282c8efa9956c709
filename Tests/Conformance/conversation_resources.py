"""The vendor's SDK through the Conversation API: apps and contacts."""

import gateway as settings
from checks import Checks, refused
from conversation import UNKNOWN, Scene

TITLE = "The vendor's SDK, Conversation API: apps and contacts"
check = Checks()


@check
def makes_apps(scene):
    """an app is made and read, in both forms of the SDK; its secrets are not given back"""
    app = scene.app
    assert len(app.id) == 26 and app.display_name == "Bakery" and app.processing_mode == "CONVERSATION"
    assert app.channel_credentials.mms.account_id == "bakery-18"
    assert app.channel_credentials.mms.api_key not in ("", "key-of-the-bakery")
    assert app.channel_credentials.mms.basic_auth.password not in ("", "secret-of-the-oven")
    assert app.channel_credentials.mms.state.status == "ACTIVE"
    assert app.retention_policy.ttl_days == 180 and app.dispatch_retention_policy.ttl_days == 0
    assert app.message_retry_settings.retry_duration == 900 and app.queue_stats.outbound_limit > 0
    assert app.rate_limits.inbound > 0 and app.rate_limits.outbound > 0 and app.rate_limits.events > 0
    assert scene.apps.get(app.id).id == app.id
    raw = scene.apps.get(app.id, raw_response=True)
    assert [each.channel for each in raw.channel_credentials] == ["MMS"]


@check
def lists_apps(scene):
    """apps are listed, those of the configuration too"""
    assert {scene.app.id, settings.APP} <= {each.id for each in scene.apps.list().iterator()}


@check
def changes_apps(scene):
    """what is given of an app changes, the rest stays; one of the configuration is not changed"""
    app = scene.apps.update(scene.app.id, display_name="Corner bakery", retention_policy={
        "retention_type": "MESSAGE_EXPIRE_POLICY", "ttl_days": 14})
    assert app.display_name == "Corner bakery" and app.retention_policy.ttl_days == 14
    assert app.processing_mode == "CONVERSATION" and app.message_retry_settings.retry_duration == 900
    for call in (lambda: scene.apps.update(settings.APP, display_name="x"), lambda: scene.apps.delete(settings.APP)):
        assert refused(call, 400)["error"]["status"] == "FAILED_PRECONDITION"


@check
def makes_contacts(scene):
    """a contact is made and read, its numbers as digits"""
    made = scene.contacts.create(
        [{"channel": "MMS", "identity": "+1 (202) 555-0145"}], "EN_US", channel_priority=["MMS"],
        display_name="Ann", external_id="shop-5", metadata="likes rye")
    assert made.channel_identities[0].identity == "12025550145" and made.email == ""
    assert (made.display_name, made.language, made.external_id) == ("Ann", "EN_US", "shop-5")
    assert scene.contacts.get(made.id) == made
    scene.contact = made


@check
def lists_contacts(scene):
    """contacts are listed page by page, and found by external id and by identity"""
    for number in ("12025550146", "12025550147"):
        scene.contacts.create([{"channel": "SMS", "identity": number}], "UNSPECIFIED")
    everybody = [each.id for each in scene.contacts.list(page_size=1).iterator()]
    assert len(everybody) == len(set(everybody)) >= 3 and scene.contact.id in everybody
    assert [each.id for each in scene.contacts.list(external_id="shop-5").iterator()] == [scene.contact.id]
    found = scene.contacts.list(channel="MMS", identity="+12025550145")
    assert [each.id for each in found.iterator()] == [scene.contact.id]


@check
def changes_contacts(scene):
    """what is given of a contact changes, None takes it away, the rest stays"""
    changed = scene.contacts.update(scene.contact.id, display_name="Ann Baker", metadata=None)
    assert changed.display_name == "Ann Baker" and changed.metadata == ""
    assert changed.external_id == "shop-5" and changed.channel_priority == ["MMS"]
    assert scene.contacts.get(scene.contact.id) == changed


@check
def merges_contacts(scene):
    """two contacts become one with the identities of both, and the other is gone"""
    other = scene.contacts.create([{"channel": "SMS", "identity": "12025550145"}], "SV", email="ann@bakery.example")
    conflicts = list(scene.contacts.list_identity_conflicts(page_size=20).iterator())
    assert ["12025550145"] == [each.identity for each in conflicts], conflicts
    assert set(conflicts[0].contact_ids) == {scene.contact.id, other.id}
    merged = scene.contacts.merge_contact(scene.contact.id, other.id, strategy="MERGE")
    assert {each.channel for each in merged.channel_identities} == {"MMS", "SMS"}
    assert merged.id == scene.contact.id and merged.email == "ann@bakery.example"
    refused(lambda: scene.contacts.get(other.id), 404)
    assert list(scene.contacts.list_identity_conflicts().iterator()) == []


@check
def has_no_profiles(scene):
    """nobody has a profile, on whatever channel"""
    identities = [{"channel": "MESSENGER", "identity": "ann.b"}]
    contacts, app = scene.contacts, scene.app.id
    for call in (
        lambda: contacts.get_channel_profile(app, "MESSENGER", {"contact_id": scene.contact.id}),
        lambda: contacts.get_channel_profile_by_contact_id(app, "MESSENGER", scene.contact.id),
        lambda: contacts.get_channel_profile_by_channel_identity(app, "MESSENGER", identities),
    ):
        assert refused(call, 400)["error"]["status"] == "FAILED_PRECONDITION"


@check
def deletes(scene):
    """what is deleted is gone: a contact, and an app"""
    scene.contacts.delete(scene.contact.id)
    refused(lambda: scene.contacts.get(scene.contact.id), 404)
    refused(lambda: scene.contacts.get(UNKNOWN), 404)
    scene.apps.delete(scene.app.id)
    refused(lambda: scene.apps.get(scene.app.id), 404)


def run(gateway, receiver, calls):
    return check.run(Scene(gateway, receiver, calls, sender="12025550162"))
