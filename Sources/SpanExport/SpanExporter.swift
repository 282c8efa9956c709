package import CurlHTTP
package import GatewayCore
package import Logging
import ServiceLifecycle
package import Spans
package import Telemetry
package import Trust
import WorkLoop

/// Sends spans to a collector, in batches: after each interval, and as soon as half of their room is taken. When the
/// gateway stops, what is left is sent once more.
package struct SpanExporter: Service {
    package struct Settings: Sendable {
        /// The whole URL, as `http://127.0.0.1:4318/v1/traces`.
        package var endpoint: String
        package var headers: [(name: String, value: Secret)]
        package var serviceName: String
        package var version: String
        /// The longest that a span waits.
        package var interval: Duration
        /// The limit for one request.
        package var timeout: Duration
        /// How TLS is spoken with the collector; nil: as the client does by default.
        package var trust: TLSTrust?

        package init(
            endpoint: String, headers: [(name: String, value: Secret)] = [], serviceName: String = "mm7-gateway",
            version: String, interval: Duration = .seconds(5), timeout: Duration = .seconds(10),
            trust: TLSTrust? = nil
        ) {
            self.endpoint = endpoint
            self.headers = headers
            self.serviceName = serviceName
            self.version = version
            self.interval = interval
            self.timeout = timeout
            self.trust = trust
        }
    }

    private enum Trouble: Hashable { case collector, room }

    private let buffer: SpanBuffer
    private let client: HTTPClient
    private let settings: Settings
    private let telemetry: Telemetry
    private let clock: MonotonicClock
    private let log: OutageLog<Trouble>

    package init(
        _ buffer: SpanBuffer, client: HTTPClient, settings: Settings, telemetry: Telemetry,
        clock: MonotonicClock = .system, logger: Logger
    ) {
        self.buffer = buffer
        self.client = client
        self.settings = settings
        self.telemetry = telemetry
        self.clock = clock
        log = OutageLog(logger)
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    // A cancelled sleep ends the ticks.
                    while (try? await clock.sleep(until: clock.now + settings.interval)) != nil { buffer.rouse() }
                }
                for await _ in buffer.fillings {
                    await exportAll(tries: ExportVerdict.mostTries)
                }
                group.cancelAll()
            }
        }
        // All others have ended, so that nothing is added any more.
        await exportAll(tries: 1)
    }

    /// Sends what there is.
    func exportAll(tries: Int) async {
        while true {
            let dropped = buffer.takeDropped()
            if dropped > 0 {
                telemetry.exported(spans: dropped, .dropped)
                log.failed(
                    .room, .warning, "Spans were dropped: more came than the collector takes",
                    metadata: ["count": .stringConvertible(dropped)])
            }
            let spans = buffer.next(upTo: Self.batchSize)
            guard !spans.isEmpty else { return }
            let isTaken = await send(spans, tries: tries)
            telemetry.exported(spans: spans.count, isTaken ? .exported : .failed)
            // Where the collector is gone, one batch tries for all; the others wait for the next round.
            guard isTaken else { return }
        }
    }

    private func send(_ spans: [FinishedSpan], tries: Int) async -> Bool {
        let request = request(for: spans)
        var reason = ""
        for attempt in 1...max(tries, 1) {
            var pause = ExportVerdict.pause(afterTries: attempt)
            do throws(HTTPFailure) {
                let response = try await client.send(request)
                switch ExportVerdict(
                    status: response.status, retryAfter: response.headers.first(named: "Retry-After"))
                {
                case .taken:
                    log.ended(.collector, "The collector takes spans again")
                    return true
                case .again(let named):
                    reason = "it answered \(response.status)"
                    pause = named ?? pause
                case .refused(let status):
                    return failed("it answered \(status)")
                }
            } catch {
                reason = error.message
            }
            // A stop ends the wait, and with it the tries.
            guard attempt < tries, (try? await clock.sleep(until: clock.now + pause)) != nil else { break }
        }
        return failed(reason)
    }

    private func failed(_ reason: String) -> Bool {
        log.failed(
            .collector, .warning, "The collector does not take spans; they are dropped",
            metadata: ["reason": "\(PeerText(reason))"])
        return false
    }

    func request(for spans: [FinishedSpan]) -> HTTPRequest {
        var request = HTTPRequest(method: .post, url: settings.endpoint)
        request.headers = [(name: "Content-Type", value: "application/json")]
        for header in settings.headers { request.headers.append(name: header.name, value: header.value.reveal()) }
        let body = OTLPBody(spans, service: settings.serviceName, version: settings.version)
        request.body = [body.bytes[...]]
        request.timeout = settings.timeout
        request.readsBody = false
        request.trust = settings.trust
        return request
    }

    /// Spans of one request.
    static let batchSize = 512
}
