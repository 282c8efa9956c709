import CoreMetrics
import GatewayCore
import Synchronization

/// What is counted and measured of one MMSC. Whoever records often keeps it instead of asking `Telemetry` each time.
package final class MMSCTelemetry: Sendable {
    private let factory: any MetricsFactory
    private let label: (String, String)
    private let submissions: Counters<SubmissionOutcome>
    private let submitSeconds: CoreMetrics.Timer
    private let submissionTries: Recorder
    private let resentInDoubt: Counter
    private let otherTransactions: Counter
    private let cancellations: Counters<CancelOutcome>
    private let inFlight: Meter
    private let reports: Counters<ReportOutcome>
    private let reportSeconds: CoreMetrics.Timer
    private let inbounds: Counters<DeliveryOutcome>
    private let deliverSeconds: CoreMetrics.Timer
    private let refusals: Counters<PostRefusal>
    /// Gauges that are made when the state is first known: before that, a zero would claim something that nobody has
    /// checked.
    private let states = Mutex<[MMSCState: Meter]>([:])
    private let queue = Mutex<Queue?>(nil)

    private struct Queue {
        /// By the names of the states.
        let messages: [String: Meter]
        let oldestSeconds: Meter
    }

    init(_ name: String, _ factory: any MetricsFactory) {
        self.factory = factory
        label = ("mmsc", name)
        submissions = Counters(.submissions, "outcome", besides: [label], of: factory)
        submitSeconds = CoreMetrics.Timer(.submitSeconds, [label], of: factory)
        submissionTries = Recorder(
            label: Metric.submissionTries.rawValue, dimensions: [label], aggregate: true, factory: factory)
        resentInDoubt = Counter(.resentInDoubt, [label], of: factory)
        otherTransactions = Counter(.otherTransactions, [label], of: factory)
        cancellations = Counters(.cancellations, "outcome", besides: [label], of: factory)
        inFlight = Meter(.inFlight, [label], of: factory)
        reports = Counters(.reports, "result", besides: [label], of: factory)
        inbounds = Counters(.inbounds, "result", besides: [label], of: factory)
        reportSeconds = CoreMetrics.Timer(.reportSeconds, [label], of: factory)
        deliverSeconds = CoreMetrics.Timer(.deliverSeconds, [label], of: factory)
        refusals = Counters(.postsRefused, "reason", besides: [label], of: factory)
    }

    /// A SubmitReq leaves; `exchangeEnded` follows, however it ends.
    package func exchangeBegan() { inFlight.increment() }

    /// It was answered, or no answer is to come.
    package func exchangeEnded() { inFlight.decrement() }

    /// A SubmitReq was answered.
    package func answered(after duration: Duration) { submitSeconds.record(duration) }

    /// An attempt ended with this outcome.
    package func attempted(_ outcome: SubmissionOutcome) { submissions.count(outcome) }

    /// A message was accepted or given up, with this attempt as its last.
    package func settled(tries: Int) { submissionTries.record(tries) }

    /// A message whose answer was lost is sent again under its TransactionID.
    package func resent() { resentInDoubt.increment() }

    /// An answer named another TransactionID than its request.
    package func answeredUnderAnotherID() { otherTransactions.increment() }

    /// A CancelReq ended with this outcome.
    package func cancelled(_ outcome: CancelOutcome) { cancellations.count(outcome) }

    /// The MMSC is now in this state and in no other.
    package func became(_ state: MMSCState) {
        // One change at a time, so that no two states stay at 1.
        states.withLock { [factory, label] meters in
            for each in MMSCState.allCases {
                let meter =
                    meters[each] ?? Meter(.mmscState, [label, ("state", each.rawValue)], of: factory)
                meters[each] = meter
                meter.set(each == state ? 1 : 0)
            }
        }
    }

    /// Whether a lane runs that sends the messages of the MMSC.
    package func lane(isRunning: Bool) { Meter(.laneRunning, [label], of: factory).set(isRunning ? 1 : 0) }

    /// Whether it is this gateway that sends to the MMSC, of those that share the store.
    package func lane(isOwn: Bool) { Meter(.laneOwner, [label], of: factory).set(isOwn ? 1 : 0) }

    /// A report was handled with this outcome.
    package func reported(_ outcome: ReportOutcome) { reports.count(outcome) }

    /// A DeliveryReportReq or a ReadReplyReq was answered.
    package func reportAnswered(after duration: Duration) { reportSeconds.record(duration) }

    /// A message from a handset was handled with this outcome.
    package func delivered(_ outcome: DeliveryOutcome) { inbounds.count(outcome) }

    /// A DeliverReq was answered.
    package func deliveryAnswered(after duration: Duration) { deliverSeconds.record(duration) }

    /// A post was not taken.
    package func refused(_ reason: PostRefusal) { refusals.count(reason) }

    func queue(_ depth: QueueDepth) {
        queue.withLock { [factory, label] queue in
            let meters = queue ?? Self.queue(label, factory)
            queue = meters
            for (state, meter) in meters.messages { meter.set(depth.messages[state] ?? 0) }
            meters.oldestSeconds.set((depth.oldest ?? .zero) / .seconds(1))
        }
    }

    private static func queue(_ label: (String, String), _ factory: any MetricsFactory) -> Queue {
        let messages = MessageState.allOpen.map(\.name).map {
            ($0, Meter(.queueMessages, [label, ("state", $0)], of: factory))
        }
        return Queue(
            messages: Dictionary(uniqueKeysWithValues: messages),
            oldestSeconds: Meter(.queueOldestSeconds, [label], of: factory))
    }
}
