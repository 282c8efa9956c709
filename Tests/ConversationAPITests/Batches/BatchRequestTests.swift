import CustomerServing
import Foundation
import GatewayCore
import Testing

@testable import ConversationAPI

@Suite("What a batch is")
struct BatchRequestTests {
    private static let now = Date(timeIntervalSince1970: 1_773_064_800)

    @Test("each recipient gets the message with values of its own")
    func expansion() throws {
        let request = try BatchSendRequest(body: try Fixture.bytes("requests/batch"))

        let message = try request.message.message(with: request.recipients[0].parameters)
        let rendering = try MMSRendering(message, style: TranscodingStyle())

        #expect(rendering.content.text == "For Ann\n* Keep one")
        #expect(rendering.content.media.map(\.url) == ["https://bakery.example/rye.jpg"])
        #expect(rendering.choices.map { $0.postback(in: "M") } == ["keep-rye"])
        #expect(request.options.ttlSeconds == 7200)
        #expect(
            request.conversationMetadata(of: request.recipients[1], batchID: "B").text
                == #"{"shop":"corner","order":"O-2","_batch_id":"B"}"#)
    }

    @Test(
        "a value that is missing, and a message that becomes wrong by one, fail that recipient alone",
        arguments: [
            (["bread": "rye"], "No value for the parameter name"),
            (
                ["name": String(repeating: "x", count: 9), "bread": "a b\u{0}"],
                "'message.card_message.media_message.url': must be an http or https URL"
            ),
        ])
    func failures(parameters: [String: String], description: String) throws {
        let request = try BatchSendRequest(body: try Fixture.bytes("requests/batch"))

        let reason = #expect(throws: DeliveryReason.self) { try request.message.message(with: parameters) }

        #expect(reason?.code == .badRequest)
        #expect(reason?.description.hasPrefix(description) == true, "\(reason?.description ?? "")")
    }

    @Test("values do not make a message grow without end")
    func growth() throws {
        var json = try Fixture.json("requests/batch")
        json["message"]?["agent"] = ["name": .string(String(repeating: "${name}", count: 1000))]
        let request = try BatchSendRequest(json)

        let reason = #expect(throws: DeliveryReason.self) {
            try request.message.message(with: ["name": String(repeating: "x", count: 1600), "bread": "rye"])
        }

        #expect(reason?.description == "The message has more than 100000 characters with the values in it")
    }

    @Test("a value is data: it is put in once and not looked at again")
    func once() throws {
        let request = try BatchSendRequest(body: try Fixture.bytes("requests/batch"))

        let message = try request.message.message(with: ["name": "${bread} for $5", "bread": "rye"])

        #expect(message.source["card_message"]?["title"] == "For ${bread} for $5")
    }

    @Test(
        "what is wrong is named",
        arguments: [
            ("recipient_and_params", [], "recipient_and_params: size must be between 1 and 1000, and is 0"),
            ("recipient_and_params", [[:]], "recipient_and_params[0].recipient: must be present"),
            ("message_metadata", "text", "message_metadata: must be an object"),
            (
                "batch_metadata", .object((0...64).map { .init("key\($0)", true) }),
                "batch_metadata: has 65 members with a value, the limit is 64"
            ),
            ("messages", [], "messages: must not be present"), ("send_after", "noon", "send_after: must be a time"),
            ("message", ["media_message": ["url": "oven"]], "message.media_message.url: must be an http or https URL"),
        ] as [(String, JSONValue, String)])
    func refusals(name: String, value: JSONValue, violation: String) throws {
        var json = try Fixture.json("requests/batch")
        json[name] = value

        let found = Bakery.violations(of: json.text, as: BatchSendRequest.self)

        #expect(found.count == 1)
        #expect(found.first?.hasPrefix(violation) == true, "\(found)")
    }

    @Test("metadata has its limit with both levels and the id in it")
    func metadataLimit() throws {
        var json = try Fixture.json("requests/batch")
        json["message_metadata"] = ["long": .string(String(repeating: "x", count: 1000))]

        let found = Bakery.violations(of: json.text, as: BatchSendRequest.self)

        #expect(
            found.first
                == "recipient_and_params[0].message_metadata: has 1063 characters with that of the batch, the limit is 1024"
        )
        #expect(found.count == 2)
    }

    @Test(
        "a batch goes at once, or at a full five minutes",
        arguments: [
            (nil, 0, false), (-500, 0, false), (60, 0, false), (61, 300, true), (300, 300, true), (301, 600, true),
            (604_800, 604_800, true),
        ] as [(TimeInterval?, TimeInterval, Bool)])
    func schedule(wanted: TimeInterval?, begins: TimeInterval, isLater: Bool) throws {
        let schedule = try BatchSchedule(wanted.map { Self.now + $0 }, now: Self.now)

        #expect(schedule.sendAfter == Self.now + begins)
        #expect(schedule.isLater == isLater)
    }

    @Test("it is planned for seven days ahead at most")
    func tooLate() {
        #expect(throws: MalformedRequest.self) { try BatchSchedule(Self.now + 604_801, now: Self.now) }
    }

    @Test("answers have their forms")
    func answers() throws {
        let begins = Timestamp(Self.now + 300)

        let sent = try JSONValue(printing: BatchSendResponse(batchID: Bakery.batch, sendAfter: begins))
        let status = try JSONValue(
            printing: BatchStatusBody(
                batchID: Bakery.batch, metadata: ["week": "12"], phase: .scheduled, sendAfter: begins))

        #expect(sent == (try Fixture.json("resources/batch-send-response")))
        #expect(status == (try Fixture.json("resources/batch-status")))
    }

    @Test("a batch is cancelled by its id, or by what its metadata has")
    func cancelling() throws {
        #expect(
            try BatchCancelRequest(body: try Fixture.bytes("requests/batch-cancel")) == .batch(id: Bakery.batch))
        #expect(
            try BatchCancelRequest(["metadata_key": "week", "metadata_value": "12"])
                == .metadata(key: "week", value: "12"))
        #expect(
            try BatchCancelRequest(["metadataKey": "week", "metadataValue": "12"])
                == .metadata(key: "week", value: "12"))
        #expect(throws: InvalidRequest.self) { try BatchCancelRequest([:]) }
        #expect(throws: InvalidRequest.self) { try BatchCancelRequest(["metadata_key": "week"]) }
        #expect(throws: InvalidRequest.self) { try BatchCancelRequest(["batch_id": "B", "metadata_key": "week"]) }
    }

    @Test("a batch is found by each member of its metadata that has one value")
    func keys() {
        let keys = AppBatch.Key.all(
            in: ["week": "12", "row": 7, "isLast": true, "none": .null, "list": ["a"], "object": ["a": "b"]])

        #expect(keys.map { "\($0.name)=\($0.value)" } == ["week=12", "row=7", "isLast=true"])
        #expect(AppBatch.Key.all(in: nil).isEmpty)
    }

    @Test(
        "the vendor's host names are the Batch API's",
        arguments: [
            ("us.conversationbatch.api.example.net", true), ("EU.ConversationBatch.api.example.net:8443", true),
            ("conversationbatch.api.example.net", false), (".conversationbatch.example.net", false),
            ("us.conversation.api.example.net", false), ("us.conversationbatch", false), ("127.0.0.1:8080", false),
            ("localhost", false), ("", false),
        ])
    func hosts(name: String, isOwn: Bool) {
        #expect(BatchAPI.isOwnHost(name) == isOwn)
    }

    @Test("contacts are made and deleted by the thousand")
    func contacts() throws {
        let contact = try Fixture.json("requests/contact-create")
        var other = contact
        other["channel_identities"] = [["channel": "MMS", "identity": "12025550199"]]

        #expect(try BatchContactsRequest(["contacts": [contact, other]]).contacts.count == 2)
        let faults = Bakery.violations(
            of: (["contacts": [contact, other, contact]] as JSONValue).text, as: BatchContactsRequest.self)
        #expect(faults == ["contacts[2]: has an identity that contacts[0] has too"], "\(faults)")
        #expect(try BatchContactsDeletion(["contact_ids": ["a", "b"]]).ids == ["a", "b"])
        #expect(throws: InvalidRequest.self) { try BatchContactsRequest(["contacts": [[:]]]) }
        #expect(throws: InvalidRequest.self) { try BatchContactsDeletion(["contact_ids": []]) }
    }
}
