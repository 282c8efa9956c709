package import CoreMetrics
package import GatewayCore
import Synchronization

/// The figures that the gateway counts and measures of itself. Its methods are the only way to do so, so that a label
/// never says what it should not.
///
/// The factory is given and not the process's, so that gateways and tests in one process do not meet in their figures.
package final class Telemetry: Sendable {
    let factory: any MetricsFactory
    private let acceptedBatches: Counter
    private let acceptedMessages: Counter
    private let acceptSeconds: CoreMetrics.Timer
    private let mediaFetches: Counters<FetchOutcome>
    private let uploads: Counters<UploadOutcome>
    /// By the names of the states.
    private let finalStates: [String: Counter]
    private let webhookCalls: Counters<WebhookOutcome>
    private let webhookSeconds: CoreMetrics.Timer
    private let removals: Counters<RemovedKind>
    private let spans: Counters<SpanOutcome>
    private let collections: Counters<CollectionOutcome>
    private let strayPosts: Counters<PostRefusal>
    private let wrongCredentials: [ListeningSide: Counters<CredentialKind>]
    private let handshakes: [ListeningSide: Counters<HandshakeOutcome>]
    private let statuses = Mutex<[Int: Counter]>([:])
    private let mmscs = Mutex<[String: MMSCTelemetry]>([:])

    /// Telemetry that counts nothing.
    package static let none = Telemetry(NOOPMetricsHandler.instance)

    package init(_ factory: any MetricsFactory) {
        self.factory = factory
        acceptedBatches = Counter(.acceptedBatches, of: factory)
        acceptedMessages = Counter(.acceptedMessages, of: factory)
        acceptSeconds = CoreMetrics.Timer(.acceptSeconds, of: factory)
        mediaFetches = Counters(.mediaFetches, "outcome", of: factory)
        uploads = Counters(.uploads, "outcome", of: factory)
        let states = Set(MessageState.allFinal.map(\.name))
        finalStates = Dictionary(
            uniqueKeysWithValues: states.map { ($0, Counter(.finalStates, [("state", $0)], of: factory)) })
        webhookCalls = Counters(.webhookCalls, "outcome", of: factory)
        webhookSeconds = CoreMetrics.Timer(.webhookSeconds, of: factory)
        removals = Counters(.removed, "kind", of: factory)
        spans = Counters(.spans, "outcome", of: factory)
        collections = Counters(.collections, "outcome", of: factory)
        handshakes = Dictionary(
            uniqueKeysWithValues: ListeningSide.allCases.map {
                ($0, Counters(.handshakesFailed, "reason", besides: [("listener", $0.rawValue)], of: factory))
            })
        strayPosts = Counters(.postsRefused, "reason", besides: [("mmsc", "")], of: factory)
        wrongCredentials = Dictionary(
            uniqueKeysWithValues: ListeningSide.allCases.map {
                ($0, Counters(.wrongCredentials, "kind", besides: [("listener", $0.rawValue)], of: factory))
            })
    }

    /// A batch was committed.
    ///
    /// - Parameter duration: since the head of its request.
    package func accepted(messages: Int, after duration: Duration) {
        acceptedBatches.increment()
        acceptedMessages.increment(by: messages)
        acceptSeconds.record(duration)
    }

    /// A request of the REST API was answered with this status of HTTP.
    package func answered(status: Int) {
        guard (100...599).contains(status) else { return }
        let counter = statuses.withLock { statuses in
            if let known = statuses[status] { return known }
            let new = Counter(.apiRequests, [("status", "\(status)")], of: factory)
            statuses[status] = new
            return new
        }
        counter.increment()
    }

    /// A download of media ended.
    package func fetched(_ outcome: FetchOutcome) { mediaFetches.count(outcome) }

    /// The upload of a file into a customer's bucket ended.
    package func uploaded(_ outcome: UploadOutcome) { uploads.count(outcome) }

    /// Messages came into this state, which ended them.
    package func ended(_ state: MessageState, _ messages: Int = 1) {
        finalStates[state.name]?.increment(by: messages)
    }

    /// A try to notify a customer ended.
    package func notified(_ outcome: WebhookOutcome) { webhookCalls.count(outcome) }

    /// A webhook was called, whatever it answered.
    package func webhookAnswered(after duration: Duration) { webhookSeconds.record(duration) }

    /// A post was refused that names no MMSC of ours; the name that it has is no label.
    package func refusedStray(_ reason: PostRefusal) { strayPosts.count(reason) }

    /// A request was answered 401 for the credentials it had.
    package func refusedCredentials(_ kind: CredentialKind, on side: ListeningSide) {
        wrongCredentials[side]?.count(kind)
    }

    /// So many were removed because they ended long ago.
    package func removed(_ kind: RemovedKind, _ count: Int) { removals.count(kind, by: count) }

    /// A connection to a listener did not come to its first request.
    package func handshakeFailed(_ reason: HandshakeOutcome, on side: ListeningSide) {
        handshakes[side]?.count(reason)
    }

    /// Spans went to the collector, or did not.
    package func exported(spans count: Int, _ outcome: SpanOutcome) { spans.count(outcome, by: count) }

    func collected(_ outcome: CollectionOutcome) { collections.count(outcome) }

    /// Records the version that runs.
    package func runs(version: String) {
        Meter(.buildInfo, [("version", version)], of: factory).set(1)
    }

    /// The telemetry of one MMSC; its counters exist from the first call on, at zero.
    ///
    /// - Parameter name: from the configuration. The first 1,000 names in the life of a process are counted by
    ///   themselves, all others together as `other`.
    package func mmsc(_ name: String) -> MMSCTelemetry {
        mmscs.withLock { mmscs in
            if let known = mmscs[name] { return known }
            let name = mmscs.count < Self.mmscLimit ? name : "other"
            let new = mmscs[name] ?? MMSCTelemetry(name, factory)
            mmscs[name] = new
            return new
        }
    }

    private static let mmscLimit = 1000

    /// Records the queues of all MMSCs, read at one moment. An MMSC that is not among them has an empty queue.
    package func queues(_ depths: [String: QueueDepth]) {
        for name in depths.keys { _ = mmsc(name) }
        for (name, mmsc) in mmscs.withLock({ $0 }) { mmsc.queue(depths[name] ?? QueueDepth()) }
    }

    /// New gauges of the process's own figures.
    func processReadings() -> ProcessReadings { ProcessReadings(factory) }
}

/// The messages of one MMSC that are not final.
package struct QueueDepth: Sendable, Equatable {
    /// By the name of their state.
    package var messages: [String: Int]
    /// How long the oldest message has waited that is due; nil where none waits.
    package var oldest: Duration?

    package init(messages: [String: Int] = [:], oldest: Duration? = nil) {
        self.messages = messages
        self.oldest = oldest
    }
}
