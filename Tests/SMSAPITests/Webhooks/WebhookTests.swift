import Foundation
import GatewayCore
import SMSAPI
import Testing

@Suite("Webhooks")
struct WebhookTests {
    private let writer = SMSNoticeWriter(directory: Face().directory, clock: SteadyClock())
    private static let sent = Date(milliseconds: 1_775_120_400_000)

    private static func batch(
        interest: Interest, owner: Owner = .servicePlan("shop"), callbackURL: String? = nil,
        isOriginatorDefault: Bool = false, clientReference: String? = "easter-26"
    ) -> Batch {
        let order = Order(
            to: ["12025550141", "12025550142"], from: Originator("12025550100")!,
            content: Content(media: [.init(url: "https://m.example/a")]), expireAt: sent + .seconds(3600),
            callbackURL: callbackURL, reference: clientReference, interest: interest,
            echo: isOriginatorDefault ? Echo(#"{"isOriginatorDefault":true}"#) : Echo())
        return Batch(order, id: ULID("01KN6MZ5G0BAKERY0000000001")!, owner: owner, createdAt: sent)
    }

    private static func message(
        _ state: MessageState, networkTime: Date? = nil, statusText: PeerText? = nil
    ) -> Message {
        Message(
            id: ULID(high: 1, low: 1), batch: ULID("01KN6MZ5G0BAKERY0000000001")!,
            recipient: MSISDN("12025550142")!, carriers: Carriers(["north"]), state: state,
            changedAt: sent + .milliseconds(2042),
            networkTime: networkTime, statusText: statusText)
    }

    private func tell(_ message: Message, _ batch: Batch) throws -> WebhookCall? {
        try writer.call(for: .message(message, batch))
    }

    private func tellEnd(_ batch: Batch, _ tallies: [Tally] = []) throws -> WebhookCall? {
        try writer.call(for: .end(batch, tallies))
    }

    @Test("a message that was delivered, byte for byte")
    func delivered() throws {
        let call = try #require(
            try tell(
                Self.message(.delivered, networkTime: Self.sent + .seconds(1)),
                Self.batch(interest: [.submitted, .final])))

        #expect(
            String(decoding: call.body, as: UTF8.self) == """
                {"type":"recipient_delivery_report_mms","batch_id":"01KN6MZ5G0BAKERY0000000001",\
                "recipient":"12025550142","code":0,"status":"Delivered","at":"2026-04-02T09:00:02.042Z",\
                "operator_status_at":"2026-04-02T09:00:01.000Z","client_reference":"easter-26"}
                """)
    }

    @Test("a message that was handed over, byte for byte")
    func dispatched() throws {
        let call = try #require(
            try tell(
                Self.message(.submitted(messageID: "m-1")),
                Self.batch(interest: [.submitted, .final], isOriginatorDefault: true, clientReference: nil)))

        #expect(
            String(decoding: call.body, as: UTF8.self) == """
                {"type":"recipient_delivery_report_mms","batch_id":"01KN6MZ5G0BAKERY0000000001",\
                "recipient":"12025550142","code":401,"status":"Dispatched","at":"2026-04-02T09:00:02.042Z",\
                "applied_originator":"12025550100"}
                """)
    }

    @Test("a message that was refused, with the MMSC's words")
    func refused() throws {
        let call = try #require(
            try tell(
                Self.message(.rejected(.refusedByNetwork), statusText: #"Said "no""#),
                Self.batch(interest: .final, clientReference: nil)))

        #expect(
            String(decoding: call.body, as: UTF8.self) == """
                {"type":"recipient_delivery_report_mms","batch_id":"01KN6MZ5G0BAKERY0000000001",\
                "recipient":"12025550142","code":415,"status":"Rejected","at":"2026-04-02T09:00:02.042Z",\
                "status_message":"Said \\"no\\""}
                """)
    }

    @Test("the end of a batch in counts, byte for byte")
    func summary() throws {
        let tallies = [Tally(state: .aborted(.mediaUnreachable), count: 1), Tally(state: .delivered, count: 3)]

        let call = try #require(try tellEnd(Self.batch(interest: .endSummary), tallies))

        #expect(
            String(decoding: call.body, as: UTF8.self) == """
                {"type":"delivery_report_mms","batch_id":"01KN6MZ5G0BAKERY0000000001","total_message_count":4,\
                "statuses":[{"code":0,"status":"Delivered","count":3},{"code":414,"status":"Aborted","count":1}],\
                "client_reference":"easter-26"}
                """)
    }

    @Test("the end of a batch with recipients in its order, states that read alike told as one")
    func full() throws {
        let tallies = [
            Tally(state: .failed(.refusedByMMSC), count: 1, recipients: [MSISDN("12025550142")!]),
            Tally(state: .aborted(.unroutable), count: 1, recipients: [MSISDN("12025550141")!]),
        ]

        let bodies = try [tallies, tallies.reversed()].map {
            String(decoding: try #require(try tellEnd(Self.batch(interest: .endFull), $0)).body, as: UTF8.self)
        }

        #expect(bodies[0] == bodies[1])
        #expect(
            bodies[0] == """
                {"type":"delivery_report_mms","batch_id":"01KN6MZ5G0BAKERY0000000001","total_message_count":2,\
                "statuses":[{"code":402,"status":"Aborted","count":2,"recipients":["12025550141","12025550142"]}],\
                "client_reference":"easter-26"}
                """)
    }

    @Test("the batch's own address goes before the plan's, and the plan signs both")
    func addresses() throws {
        let own = try #require(
            try tellEnd(Self.batch(interest: .endSummary, callbackURL: "https://hooks.bakery.example/own")))
        let plans = try #require(try tellEnd(Self.batch(interest: .endSummary)))

        #expect(own.url == "https://hooks.bakery.example/own")
        #expect(plans.url == "https://hooks.bakery.example/plan")
        #expect([own.secret, plans.secret] == [Secret("shop-secret"), Secret("shop-secret")])
    }

    @Test(
        "nobody is called for a plan without an address, a plan that is gone, or another API's batch",
        arguments: [Owner.servicePlan("bare"), .servicePlan("gone"), .app("shop", project: "p1")])
    func nobody(owner: Owner) throws {
        #expect(try tellEnd(Self.batch(interest: .endSummary, owner: owner))?.url == nil)
    }
}
