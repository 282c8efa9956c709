import Doubles
import Foundation
import GatewayConfiguration
import GatewayCore
import HTTPServing
import Logging
import Telemetry
import Testing

@testable import Gateway

@Suite("The watch over certificates")
struct CertificateWatchTests {
    private static func fixture(_ name: String) -> URL {
        let tests = (0..<2).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        return tests.appending(path: "HTTPServingTests/Fixtures/\(name).pem")
    }

    private static let time = Date(timeIntervalSince1970: 1_800_000_000)

    @Test("takes new files, says what it has taken or why not, and records when it ends")
    func look() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "watch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func put(_ name: String, as file: String) throws {
            try Data(contentsOf: Self.fixture(name)).write(to: folder.appending(path: file), options: .atomic)
        }
        try put("server", as: "c.pem")
        try put("server-key", as: "k.pem")
        var configuration = Configuration()
        let settings = TLSSettings(
            certificate: folder.appending(path: "c.pem").path, key: folder.appending(path: "k.pem").path)
        configuration.mm7.tls = .init(settings: settings, material: try TLSMaterial(settings))
        let lines = LogLines()
        let prometheus = Prometheus(Metric.descriptions)
        let watch = CertificateWatch(
            ListenerCertificates(configuration), clock: FixedClock(Self.time), telemetry: Telemetry(prometheus),
            logger: lines.logger)
        var reminders = ExpiryReminders()

        await watch.look(&reminders)
        #expect(lines.texts == [])
        #expect(
            prometheus.render().contains(#"mm7_certificate_expiry_timestamp_seconds{certificate="mm7.tls"} 49"#))

        try put("renewed", as: "c.pem")
        await watch.look(&reminders)
        await watch.look(&reminders)
        await watch.look(&reminders)
        #expect(lines.texts.count == 1)
        #expect(lines.all.first?.level == .error)
        #expect(lines.texts.first?.contains("k.pem does not match the first certificate in") == true)

        try put("renewed-key", as: "k.pem")
        await watch.look(&reminders)
        await watch.look(&reminders)
        #expect(lines.texts.count == 2)
        #expect(lines.texts.last?.contains("A new certificate was taken") == true)
        #expect(lines.texts.last?.contains("not_after=2125-01-01T00:00:00Z section=mm7.tls") == true)
    }
}

private struct FixedClock: DomainClock {
    let time: Date

    init(_ time: Date) { self.time = time }

    func now() -> Date { time }
    func sleep(until deadline: Date) async throws {}
}
