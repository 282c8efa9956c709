import Foundation
import GatewayCore
import PostgresServer
import Testing

@testable import PostgresStore

@Suite(
    "The clock of the machine, compared with the server's,",
    .enabled(if: TestServer.programs != nil, "PostgreSQL's server is not installed"))
struct ClockLeadTests {
    @Test("is ahead of it, behind it, or neither", arguments: [-3600, 0, 3600])
    func lead(seconds: Int) async throws {
        let place = try await TestServer.shared.value.place()
        let driver = try PostgresDriver(place.server, as: .reader)
        defer { driver.close() }

        let lead = try driver.clockLead { Date(timeIntervalSinceNow: Double(seconds)) }

        // A slow answer explains a part of it.
        #expect(seconds == 0 ? lead == .zero : abs(lead.seconds - Double(seconds)) < 60)
    }
}
