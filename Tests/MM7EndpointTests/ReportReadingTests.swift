import FoundationEssentials
import GatewayCore
import MM7Endpoint
import Testing

@Suite("Reports of every dialect")
struct ReportReadingTests {
    /// 2024-05-06T07:08:09Z
    private static let date = Date(timeIntervalSince1970: 1_714_979_289)

    private static let expected: [(String, DeliveryReport)] = [
        ("report-standard.xml", report("15550100001", .delivered, "Retrieved", "Success")),
        ("report-prefixed.xml", report("15550100001", .rejected, "Rejected", "RejectionByOtherRS")),
        ("report-prefixed-root.xml", report("15550100001", .expired, "Expired", "not fetched")),
        ("report-status-code.xml", report("01055501000", .delivered, "Delivered", "OK")),
        ("report-numeric.xml", report("8613550100001", .delivered, "Retrieved", nil)),
        ("report-unknown-status.xml", report("15550100001", .pending, "AlmostRetrieved", "who knows")),
        ("report-no-transaction.xml", report("15550100001", .delivered, "Retrieved", "Success")),
    ]

    private static func report(
        _ recipient: String, _ fate: ReportedFate, _ status: PeerText, _ text: PeerText?
    ) -> DeliveryReport {
        DeliveryReport(messageID: "m-1", recipient: recipient, fate: fate, status: status, statusText: text, at: date)
    }

    @Test("a report is brought to the store in our words", arguments: expected.map(\.0))
    func dialects(name: String) async throws {
        let endpoint = TestEndpoint()

        _ = try await endpoint.post(Fixture.request(name))

        var reports = await endpoint.store.reports
        // Who sent the message matters where an MMSC takes the one for the other; some leave it out.
        #expect([nil, "55512", "1065"].contains(reports.first?.sender))
        reports = reports.map(\.withoutSender)
        #expect(reports == Self.expected.filter { $0.0 == name }.map(\.1))
        #expect(await endpoint.store.mmscs == ["north"])
    }
}

extension DeliveryReport {
    fileprivate var withoutSender: DeliveryReport {
        DeliveryReport(
            messageID: messageID, recipient: recipient, fate: fate, status: status, statusText: statusText, at: at)
    }
}
