import Doubles
import Foundation
import GatewayCore
import SMSAPI
import Testing

@Suite("Webhooks")
struct WebhookTests {
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

    private func tell(_ message: Message, _ batch: Batch) async throws -> WebhookCall? {
        try await call(.message(message, batch), of: batch.owner)
    }

    private func tellEnd(_ batch: Batch, _ tallies: [Tally] = []) async throws -> WebhookCall? {
        try await call(.end(batch), of: batch.owner, tallies)
    }

    private func call(
        _ subject: Event.Subject, of owner: Owner, _ tallies: [Tally] = []
    ) async throws -> WebhookCall? {
        let writer = SMSCallWriter(
            fates: CountedFates(tallies: tallies), directory: Face().directory, clock: SteadyClock())
        return try await writer.body(of: Event(id: 1, owner: owner, subject: subject, createdAt: Self.sent), to: "")
    }

    @Test("a message that was delivered, byte for byte")
    func delivered() async throws {
        let call = try #require(
            try await tell(
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
    func dispatched() async throws {
        let call = try #require(
            try await tell(
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
    func refused() async throws {
        let call = try #require(
            try await tell(
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
    func summary() async throws {
        let tallies = [Tally(state: .aborted(.mediaUnreachable), count: 1), Tally(state: .delivered, count: 3)]

        let call = try #require(try await tellEnd(Self.batch(interest: .endSummary), tallies))

        #expect(
            String(decoding: call.body, as: UTF8.self) == """
                {"type":"delivery_report_mms","batch_id":"01KN6MZ5G0BAKERY0000000001","total_message_count":4,\
                "statuses":[{"code":0,"status":"Delivered","count":3},{"code":414,"status":"Aborted","count":1}],\
                "client_reference":"easter-26"}
                """)
    }

    @Test("the end of a batch with recipients in its order, states that read alike joined as one")
    func full() async throws {
        let tallies = [
            Tally(state: .failed(.refusedByMMSC), count: 1, recipients: [MSISDN("12025550142")!]),
            Tally(state: .aborted(.unroutable), count: 1, recipients: [MSISDN("12025550141")!]),
        ]

        var bodies: [String] = []
        for tallies in [tallies, tallies.reversed()] {
            let call = try #require(try await tellEnd(Self.batch(interest: .endFull), tallies))
            bodies.append(String(decoding: call.body, as: UTF8.self))
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
    func addresses() async throws {
        let own = try #require(
            try await tellEnd(Self.batch(interest: .endSummary, callbackURL: "https://hooks.bakery.example/own")))
        let plans = try #require(try await tellEnd(Self.batch(interest: .endSummary)))

        #expect(own.url == "https://hooks.bakery.example/own")
        #expect(plans.url == "https://hooks.bakery.example/plan")
        #expect([own.credentials.secret, plans.credentials.secret] == [Secret("shop-secret"), Secret("shop-secret")])
    }

    @Test(
        "nobody is called for a plan without an address, a plan that is gone, or another API's batch",
        arguments: [Owner.servicePlan("bare"), .servicePlan("gone"), .app("shop", project: "p1")])
    func nobody(owner: Owner) async throws {
        #expect(try await tellEnd(Self.batch(interest: .endSummary, owner: owner))?.url == nil)
    }

    @Test(
        "recipients are asked for where the customer wants them and nowhere else",
        arguments: [(Interest.endSummary, false), (.endFull, true)])
    func recipients(interest: Interest, areTold: Bool) async throws {
        let tallies = [Tally(state: .delivered, count: 1, recipients: [MSISDN("12025550141")!])]

        let call = try #require(try await tellEnd(Self.batch(interest: interest), tallies))

        #expect(String(decoding: call.body, as: UTF8.self).contains(#""recipients":["12025550141"]"#) == areTold)
    }

    @Test("the end of a batch whose messages cannot be counted is not put into words")
    func uncounted() async throws {
        let batch = Self.batch(interest: .endSummary)
        let writer = SMSCallWriter(fates: CountedFates(tallies: nil), directory: Face().directory, clock: SteadyClock())

        await #expect(throws: StoreFailure.closed) {
            _ = try await writer.body(
                of: Event(id: 1, owner: batch.owner, subject: .end(batch), createdAt: Self.sent), to: "")
        }
    }

    @Test("a target is the server of the batch's own address, else the plan's address whatever that is by then")
    func targets() {
        let writer = SMSCallWriter(
            fates: CountedFates(tallies: []), directory: Face().directory, clock: SteadyClock())
        let (shop, bare) = (Owner.servicePlan("shop"), Owner.servicePlan("bare"))

        for target in ["", "https://hooks.bakery.example"] {
            let occasion = Event.Occasion(owner: bare, kind: .end, batchTarget: target)
            #expect(SMSCallWriter.targets(of: occasion, in: Face().directory.now) == [CallTarget(target)])
        }
        #expect(writer.address(of: "https://hooks.example", of: shop) == "https://hooks.example")
        #expect(writer.address(of: "", of: shop) == "https://hooks.bakery.example/plan")
        #expect(writer.address(of: "", of: bare) == nil)
    }
}

/// A store in which every batch is counted so; closed without a count.
private struct CountedFates: FateReader {
    let tallies: [Tally]?

    func message(to recipient: MSISDN, in batch: Batch.ID, for reader: Owner?) throws(StoreFailure) -> Message? {
        throw .closed
    }

    func finished(
        of owner: Owner, matching filter: FinishedFilter, page: Page
    ) throws(StoreFailure) -> Paged<FinishedMessage> { throw .closed }

    func tallies(
        of batch: Batch.ID, withRecipients: Bool, for reader: Owner?
    ) throws(StoreFailure) -> [Tally] {
        guard let tallies else { throw .closed }
        return tallies.map {
            Tally(state: $0.state, count: $0.count, recipients: withRecipients ? $0.recipients : [])
        }
    }
}
