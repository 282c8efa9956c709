import Foundation
import Synchronization

/// A well-behaved client beside an attack: a GET, a POST of a batch, a report and a request over a new connection, each
/// 20 times a second.
final class Bystander: Sendable {
    struct Figures: Sendable {
        fileprivate(set) var times: [Duration] = []
        /// Requests without an answer of 2xx.
        fileprivate(set) var failures: [String] = []

        var p99: Duration { percentile(0.99) }
        var p50: Duration { percentile(0.5) }

        private func percentile(_ share: Double) -> Duration {
            let sorted = times.sorted()
            return sorted.isEmpty ? .zero : sorted[min(Int(Double(sorted.count) * share), sorted.count - 1)]
        }
    }

    private let state = Mutex((figures: Figures(), isDone: false))
    private let ports: (customers: Int, mm7: Int)
    private let mediaURL: String

    init(ports: (customers: Int, mm7: Int), mediaURL: String) {
        self.ports = ports
        self.mediaURL = mediaURL
    }

    /// What it met while the body ran.
    func watch(_ body: () async throws -> Void) async throws -> Figures {
        async let threads: Void = Threads.run(4) { [self] in ask(Request.allCases[$0]) }
        let result: Result<Void, any Error>
        do {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        state.withLock { $0.isDone = true }
        await threads
        try result.get()
        return state.withLock { $0.figures }
    }

    private enum Request: CaseIterable { case get, post, report, new }

    private func ask(_ request: Request) {
        let port = request == .report ? ports.mm7 : ports.customers
        var connection: RawSocket?
        while !state.withLock({ $0.isDone }) {
            let start = ContinuousClock.now
            if connection == nil || request == .new { connection = RawSocket(port: port, seconds: 60) }
            connection?.send(text(of: request))
            let status = connection?.answer()?.status
            let time = ContinuousClock.now - start
            state.withLock { state in
                state.figures.times.append(time)
                if status.map({ 200..<300 ~= $0 }) != true {
                    state.figures.failures.append("\(request): \(status.map(String.init) ?? "no answer")")
                }
            }
            if status == nil { connection = nil }
            Thread.sleep(forTimeInterval: 0.05)
        }
    }

    private func text(of request: Request) -> String {
        let token = "Authorization: Bearer token-of-plan1\r\n"
        switch request {
        case .get, .new:
            return "GET /xms/v1/plan1/batches?page_size=1 HTTP/1.1\r\nHost: a\r\n\(token)\r\n"
        case .post:
            let body = #"{"type":"mt_media","to":["15550101000"],"body":{"url":"\#(mediaURL)"}}"#
            return "POST /xms/v1/plan1/batches HTTP/1.1\r\nHost: a\r\n\(token)"
                + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        case .report:
            let body = ReportText.ofNobodysMessage
            return "POST /mm7/north HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        }
    }
}

enum ReportText {
    /// A DeliveryReportReq as an MMSC posts it, on a message that is nobody's.
    static let ofNobodysMessage = of("nobodys")

    static func of(_ messageID: String) -> String {
        let namespace = "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-5-MM7-1-2"
        return """
            <?xml version="1.0" encoding="utf-8"?>\
            <env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Header>\
            <TransactionID xmlns="\(namespace)" env:mustUnderstand="1">T1</TransactionID></env:Header><env:Body>\
            <DeliveryReportReq xmlns="\(namespace)"><MM7Version>5.3.0</MM7Version><MessageID>\(messageID)</MessageID>\
            <Recipient><Number>15550100001</Number></Recipient><Sender><Number>12025550100</Number></Sender>\
            <Date>2026-01-01T00:00:00Z</Date><MMStatus>Retrieved</MMStatus></DeliveryReportReq>\
            </env:Body></env:Envelope>
            """
    }
}
