package import HTTPServing
package import Hummingbird
package import Telemetry

/// What an operator's tools ask of the process, on a listener of its own that customers do not reach.
package struct Operations: Sendable {
    private let readiness: Readiness
    private let scrape: Scrape
    private let access: @Sendable () -> OperationsAccess

    /// - Parameter access: who may ask at this moment.
    package init(
        readiness: Readiness, scrape: Scrape,
        access: @escaping @Sendable () -> OperationsAccess = { OperationsAccess() }
    ) {
        self.readiness = readiness
        self.scrape = scrape
        self.access = access
    }

    /// `/healthz`: 200 while the process serves at all; a supervisor restarts it when this fails. `/readyz`: 200 or 503
    /// with the checks; a balancer sends no work when this fails. An MMSC that is not well is a warning there and no
    /// failure; the body also says how the last exchanges with each MMSC ended. `/metrics`: figures in Prometheus' text
    /// format.
    ///
    /// All answer GET, and HEAD for probes that read the status alone.
    package func addRoutes(to router: Router<PeerContext>) {
        router.add(middleware: AccessGate(access: access))
        for method in [HTTPRequest.Method.get, .head] {
            router.on("healthz", method: method) { _, _ in Response(json: HealthBody()) }
            router.on("readyz", method: method) { [readiness] _, _ in
                let results = await readiness.results()
                let isReady = results.allSatisfy { $0.failure == nil }
                return Response(
                    status: isReady ? .ok : .serviceUnavailable,
                    json: ReadinessBody(isReady, results, readiness.notes, readiness.peers))
            }
            router.on("metrics", method: method) { [scrape] _, _ in
                Response(status: .ok, contentType: Scrape.contentType, bytes: await scrape.text().utf8)
            }
        }
    }
}

/// The body of `/healthz`.
private struct HealthBody: Encodable {
    let status = "ok"
}

/// The body of `/readyz`.
private struct ReadinessBody: Encodable {
    let status: String
    let checks: [CheckBody]
    /// The MMSCs; absent where there are none.
    let mmscs: [Readiness.Peer]?

    init(
        _ isReady: Bool, _ results: [Readiness.CheckResult], _ notes: [Readiness.CheckResult], _ peers: [Readiness.Peer]
    ) {
        mmscs = peers.isEmpty ? nil : peers
        status = isReady ? "ready" : "not_ready"
        checks =
            results.map { CheckBody(name: $0.name, status: $0.failure == nil ? "ok" : "failed", reason: $0.failure) }
            + notes.map { CheckBody(name: $0.name, status: $0.failure == nil ? "ok" : "warning", reason: $0.failure) }
    }

    struct CheckBody: Encodable {
        let name: String
        let status: String
        let reason: String?
    }
}
