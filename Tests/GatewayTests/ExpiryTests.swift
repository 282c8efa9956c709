import Foundation
import GatewayCore
import Testing

@testable import Gateway

@Suite("Reminders of certificates that end soon")
struct ExpiryTests {
    private static let end = Date(timeIntervalSince1970: 2_000_000_000)

    private func now(daysBefore days: Double) -> Date { Self.end.addingTimeInterval(-days * 86400) }

    @Test(
        "come thirty days before, seven, one, and at the end",
        arguments: [
            (31, nil), (30, .month), (8, .month), (7, .week), (1.5, .week), (1, .day), (0, .expired), (-9, .expired),
        ]
            as [(Double, ExpiryNotice?)])
    func steps(days: Double, notice: ExpiryNotice?) {
        #expect(ExpiryNotice(left: Self.end.since(now(daysBefore: days))) == notice)
    }

    @Test("come once for each step, and begin anew with another certificate")
    func once() {
        var reminders = ExpiryReminders()
        func due(_ days: Double, ending end: Date = Self.end) -> ExpiryNotice? {
            reminders.due(of: "server.tls", ending: end, now: now(daysBefore: days))
        }

        #expect(due(40) == nil)
        #expect(due(29) == .month)
        #expect(due(20) == nil)
        #expect(due(6) == .week)
        #expect(due(6, ending: Self.end.addingTimeInterval(86400)) == .week)
        #expect(due(6, ending: Self.end.addingTimeInterval(365 * 86400)) == nil)
        #expect(due(0.5) == .day)
        #expect(due(-1) == .expired)
        #expect(due(-2) == nil)
    }
}
