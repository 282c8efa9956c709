import CustomerServing
import Foundation
import GatewayCore
import Testing

@testable import ConversationAPI

@Suite("Pages and queries of lists")
struct PageTokenTests {
    @Test(
        "a token is read as what it was written of",
        arguments: [
            PageToken(milliseconds: 1_773_064_800_042, id: ULID(high: .max >> 3, low: .max)),
            PageToken(milliseconds: -1, id: ULID(high: 0, low: 0)),
        ])
    func roundTrip(token: PageToken) {
        #expect(PageToken(token.text) == token)
        #expect(token.text.utf8.allSatisfy { $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "/") })
    }

    @Test(
        "anything else is none",
        arguments: ["", "x", String(repeating: "A", count: 36), String(repeating: "!", count: 36)])
    func strange(text: String) {
        #expect(PageToken(text) == nil)
    }

    @Test("a page has the size that is asked for, and zero is the usual one")
    func sizes() throws {
        #expect(try PageRequest(QueryParameters("page_size=0"), .messages).size == 10)
        #expect(try PageRequest(QueryParameters("page_size=1000"), .messages).size == 1000)
        #expect(throws: MalformedRequest.self) { try PageRequest(QueryParameters("page_size=21"), .contacts) }
        #expect(throws: MalformedRequest.self) { try PageRequest(QueryParameters("page_token=x"), .contacts) }
    }

    @Test("a query says which messages")
    func query() throws {
        let query = try MessageQuery(
            QueryParameters(
                "app_id=a&messages_source=DISPATCH_SOURCE&only_recipient_originated=true&channel=MMS&view=WITHOUT_METADATA"
                    + "&start_time=2026-03-09T14:00:00Z&page_size=5"))

        #expect(query.appID == "a")
        #expect(query.source == .dispatch)
        #expect(query.direction == .toApp)
        #expect(query.channel == .mms)
        #expect(!query.hasMetadata)
        #expect(query.from == Date(timeIntervalSince1970: 1_773_064_800))
        #expect(query.page.size == 5)
    }

    @Test(
        "a query that cannot be is refused",
        arguments: [
            "only_recipient_originated=true", "messages_source=DISPATCH_SOURCE&contact_id=c", "channel=PIGEON",
            "direction=UP", "start_time=noon",
        ])
    func refused(query: String) {
        #expect(throws: MalformedRequest.self) { try MessageQuery(QueryParameters(query)) }
    }

    @Test("the last messages are asked for by names or by contacts, never both")
    func last() throws {
        #expect(try MessageQuery(["channel_identities": ["12025550117"], "page_size": 3]).page.size == 3)
        #expect(try MessageQuery(["contact_ids": ["c"]]).contactIDs == ["c"])
        for body: JSONValue in [
            [:], ["contact_ids": ["c"], "channel_identities": ["i"]],
            ["contact_ids": ["c"], "messages_source": "DISPATCH_SOURCE"],
        ] {
            #expect(throws: InvalidRequest.self) { try MessageQuery(body) }
        }
    }

    @Test("a message is changed by its metadata")
    func update() throws {
        #expect(try MessageUpdate(["metadata": "x"]).metadata == "x")
        #expect(throws: InvalidRequest.self) { try MessageUpdate([:]) }
    }

    @Test("contacts are found by one name, conversations by app or contact")
    func resources() throws {
        #expect(try ContactQuery(QueryParameters("")).which == .all)
        #expect(try ContactQuery(QueryParameters("external_id=shop-5")).which == .externalID("shop-5"))
        #expect(
            try ContactQuery(QueryParameters("channel=MMS&identity=%2B12025550117")).which
                == .identity(ChannelIdentity(.mms, "12025550117")))
        #expect(try ConversationQuery(QueryParameters("app_id=a&only_active=true&order=ASC")).isActiveOnly)
        #expect(try !ConversationQuery(QueryParameters("contact_id=c&order=ASC")).isDescending)
        for query in ["channel=MMS", "identity=x", "external_id=x&channel=MMS", "channel=PIGEON&identity=x"] {
            #expect(throws: MalformedRequest.self) { try ContactQuery(QueryParameters(query)) }
        }
        #expect(throws: MalformedRequest.self) { try ConversationQuery(QueryParameters("only_active=true")) }
    }

    @Test("whether somebody can be reached is asked of an app, for a recipient")
    func capability() throws {
        let recipient: JSONValue = ["contact_id": .string(Bakery.contact)]

        let request = try CapabilityRequest(["app_id": .string(Bakery.app), "recipient": recipient])

        #expect(request.recipient == .contact(id: Bakery.contact))
        #expect(request.requestID == nil)
        #expect(throws: InvalidRequest.self) { try CapabilityRequest(["recipient": recipient]) }
    }
}
