import Foundation
import GatewayCore
import HTTPServing
import Testing

@testable import Operating

@Suite("What find shows")
struct FindBodyTests {
    private static let now = Date(milliseconds: 1_790_000_000_000)

    private let findings = [
        Finding(
            id: ULID(high: 2, low: 1), direction: .inbound(to: "54321"), at: now, number: "15550100001", mmsc: "north",
            owner: nil, reference: nil),
        Finding(
            id: ULID(high: 1, low: 1), direction: .outbound(.delivered, batch: ULID(high: 1, low: 0)), at: now - 60,
            number: "15550100001", mmsc: nil, owner: .servicePlan("plan1"), reference: "order 7"),
    ]

    @Test("a line for each, in columns, and that there are more")
    func text() {
        #expect(
            FindBody(findings, hasMore: true).styled.plain == """
                at                        id                          number       state          MMSC   of                     reference
                2026-09-21T14:13:20.000Z  00000000000010000000000001  15550100001  came to 54321  north  nobody: in quarantine
                2026-09-21T14:12:20.000Z  0000000000000G000000000001  15550100001  delivered      -      service plan plan1     order 7

                There are older ones; --limit shows more.
                """)
    }

    @Test("scripts get names that stay")
    func json() {
        let text = String(decoding: JSONText.bytes(of: FindBody([findings[1]], hasMore: false)), as: UTF8.self)

        #expect(
            text
                == #"{"messages":[{"id":"0000000000000G000000000001","direction":"out","at":"2026-09-21T14:12:20.000Z","#
                + #""number":"15550100001","state":"delivered","batch":"0000000000000G000000000000","#
                + #""owner":"service plan plan1","client_reference":"order 7"}],"has_more":false}"#)
    }

    @Test(
        "a time is given as how long ago, as a day, or with its zone",
        arguments: [
            ("60s", now - 60), ("2d", now - 172_800), ("2026-09-21", Date(milliseconds: 1_789_948_800_000)),
            ("2026-09-21T14:13:20Z", now), ("2026-09-21T16:13:20.000+02:00", now), ("yesterday", nil),
            ("2026-13-01", nil), ("2026-02-31", nil), ("2026-09-21T25:00", nil), ("2026-09-21T25:00:00Z", nil),
            ("2026-09-21T14:60:00Z", nil), ("2026-09-21T14:13:20", nil), ("2026-09-21T14:13:20Zulu", nil),
            ("2026-09-21 and later", nil), ("2026-09-21T14:13:20.Z", nil), ("2026-09-21T14:13:20-0000", now),
            ("2026-09-21T14:13:20.500Z", now + 0.5), ("2026-9-21", nil), ("", nil),
        ] as [(String, Date?)])
    func moments(text: String, expected: Date?) {
        #expect(Moment.read(text, now: Self.now) == expected)
    }
}
