import Foundation
import GatewayCore
import Testing

@Suite("What becomes of a request")
struct SubmittalTests {
    private static let now = Date(milliseconds: 1_800_000_000_000)
    private static let routes = Routes([.init(prefix: "1", mmscs: ["north", "spare"])])

    private func submittal(to numbers: [String]) throws -> Submittal {
        let order = Order(
            to: numbers, from: try #require(Originator("12345")),
            content: Content(media: [.init(url: "https://media.example.net/cat.jpg")]),
            expireAt: Order.defaultEnd(sendAt: nil, now: Self.now))
        return Submittal(order, of: .servicePlan("plan1"), numbers: try numbers.map { try #require(MSISDN($0)) })
    }

    @Test("each number gets one message, in the order given")
    func duplicates() throws {
        let submittal = try submittal(to: ["12025550102", "12025550101", "+12025550102"])

        let (batch, messages) = submittal.accepted(
            now: Self.now, expansion: Expansion(routes: Self.routes, ids: ULIDGenerator()))

        #expect(messages.map(\.recipient.digits) == ["12025550102", "12025550101"])
        #expect(messages.map(\.id) == messages.map(\.id).sorted())
        #expect(
            messages.allSatisfy {
                $0.batch == batch.id && $0.carriers == Carriers(["north", "spare"]) && $0.state == .queued
            })
        #expect(batch.order.recipients == ["12025550102", "12025550101", "+12025550102"])
    }

    @Test("a number without a route is aborted from the beginning")
    func unroutable() throws {
        let (_, messages) = try submittal(to: ["12025550102", "442071838750"])
            .accepted(now: Self.now, expansion: Expansion(routes: Self.routes, ids: ULIDGenerator()))

        #expect(messages.map(\.state) == [.queued, .aborted(.unroutable)])
        #expect(messages.map(\.carriers) == [Carriers(["north", "spare"]), nil])
    }

    @Test(
        "without an end a batch lives three days from its beginning",
        arguments: [
            (TimeInterval?.none, TimeInterval(0)), (3600, 3600), (-3600, 0),
        ])
    func expiry(sendAfter: TimeInterval?, beginsAfter: TimeInterval) throws {
        var submittal = try submittal(to: ["12025550102"])
        submittal.order.sendAt = sendAfter.map { Self.now.addingTimeInterval($0) }
        submittal.order.expireAt = Order.defaultEnd(sendAt: submittal.order.sendAt, now: Self.now)

        let (batch, _) = submittal.accepted(
            now: Self.now, expansion: Expansion(routes: Self.routes, ids: ULIDGenerator()))

        #expect(batch.beginsAt == Self.now.addingTimeInterval(beginsAfter))
        #expect(batch.order.expireAt == batch.beginsAt.addingTimeInterval(3 * 24 * 3600))
    }

    @Test("the end that the customer names is kept")
    func ownExpiry() throws {
        var submittal = try submittal(to: ["12025550102"])
        submittal.order.expireAt = Self.now.addingTimeInterval(60)

        let (batch, _) = submittal.accepted(
            now: Self.now, expansion: Expansion(routes: Self.routes, ids: ULIDGenerator()))

        #expect(batch.order.expireAt == Self.now.addingTimeInterval(60))
    }

    @Test("times are whole milliseconds, as the store keeps them")
    func wholeMilliseconds() throws {
        var submittal = try submittal(to: ["12025550102"])
        submittal.order.sendAt = Self.now.addingTimeInterval(0.000_4)
        submittal.order.expireAt = Self.now.addingTimeInterval(60.000_4)

        let (batch, messages) = submittal.accepted(
            now: Self.now.addingTimeInterval(0.000_3),
            expansion: Expansion(routes: Self.routes, ids: ULIDGenerator()))

        #expect(batch.createdAt == Self.now)
        #expect(batch.modifiedAt == Self.now)
        #expect(batch.order.sendAt == Self.now)
        #expect(batch.order.expireAt == Self.now.addingTimeInterval(60))
        #expect(messages.map(\.changedAt) == [Self.now])
    }

    @Test("a repeated SubmitReq has the name of the first")
    func transactionID() throws {
        let (_, messages) = try submittal(to: ["12025550102"])
            .accepted(now: Self.now, expansion: Expansion(routes: Self.routes, ids: ULIDGenerator()))
        let claims = [1, 2].map { attempt in
            Claim(
                of: .init(message: messages[0].id, recipient: messages[0].recipient, attempt: attempt),
                batch: messages[0].batch, mmsc: "north", isResend: attempt > 1, expireAt: Self.now)
        }

        #expect(Set(claims.map(\.transactionID)) == [messages[0].id.description])
    }
}
