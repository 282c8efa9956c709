package import FoundationEssentials
package import GatewayConfiguration
package import GatewayCore

/// The state of the gateway at one moment, as `status` shows it. Its coding keys are the JSON form.
package struct StatusReport: Sendable, Encodable, Equatable {
    /// `ready`, `not_ready`, `not_running` or `unclear`.
    var gateway: String
    /// What is wrong with it, check by check.
    var problems: [String]
    /// The MMSCs in the order of their names.
    var mmscs: [Line]
    var webhooks: Pending
    /// Batches whose media is still to be fetched.
    var mediaPending: Int
    /// Inbound messages whose media is still to be put into their customer's bucket.
    var uploadsPending: Int
    /// Messages from handsets; nil where there are none to show.
    var inbounds: Inbounds?
    var databaseBytes: Int
    /// The part of it that is free and is used again.
    var databaseFreeBytes: Int
    /// What is kept, and since when; nil for an empty store.
    var kept: KeptBody?
    /// `store.size_limit`, if it is set.
    var databaseLimitBytes: Int?
    /// The gateways that share the store; nil where one has it alone.
    var replicas: [Replica]?

    struct Replica: Sendable, Encodable, Equatable {
        let name: String
        let version: String
        /// Whether it was heard of in the last seconds.
        let isAlive: Bool
        /// The seconds since its start.
        let seconds: Int
        /// The MMSCs that it sends to.
        let lanes: [String]

        enum CodingKeys: String, CodingKey {
            case name, version
            case isAlive = "is_alive"
            case seconds, lanes
        }
    }

    /// Messages from handsets that nobody was notified of.
    struct Inbounds: Sendable, Encodable, Equatable {
        /// Messages to unowned numbers.
        let quarantined: Int
        /// The number of messages by app, named as `show` takes it.
        let apps: [String: Int]

        init?(_ overview: StoreOverview) {
            quarantined = overview.quarantined
            let apps = overview.inboundsOfApps.compactMap { owner, count -> (String, Int)? in
                switch owner {
                case .app(let id, let project): ("\(project)/\(id)", count)
                // Its callbacks bring them.
                case .servicePlan, .project: nil
                }
            }
            self.apps = Dictionary(apps, uniquingKeysWith: +)
            if quarantined == 0, apps.isEmpty { return nil }
        }
    }

    /// One MMSC, with the messages that it has or has to carry now.
    struct Line: Sendable, Encodable, Equatable {
        let name: String
        /// `well`, `half_open`, `open`, `stopped`, `draining`, `elsewhere`; `not_configured`, or `not_known` while no gateway runs.
        var condition: String
        var reason: String?
        /// The seconds since the MMSC took something; nil where it took nothing since the gateway's start, or no
        /// gateway runs.
        var secondsSinceSuccess: Int?
        /// The seconds since an exchange failed.
        var secondsSinceFailure: Int?
        /// The last failure in the MMSC's words or libcurl's.
        var lastFailure: String?
        /// Other warnings of the gateway; nil for none.
        var warnings: [String]?
        var queued = 0
        var submitting = 0
        var inDoubt = 0
        var submitted = 0
        /// How long the oldest message that is due has waited.
        var oldestSeconds: Int?
        /// How long the oldest message that the MMSC took has been without a final report.
        var unreportedSeconds: Int?
        /// The SubmitReqs repeated since the store was made.
        var resent = 0

        enum CodingKeys: String, CodingKey {
            case name, condition, reason
            case secondsSinceSuccess = "seconds_since_success"
            case secondsSinceFailure = "seconds_since_failure"
            case lastFailure = "last_failure"
            case warnings, queued, submitting
            case inDoubt = "in_doubt"
            case submitted
            case oldestSeconds = "oldest_seconds"
            case unreportedSeconds = "oldest_unreported_seconds"
            case resent
        }
    }

    struct Pending: Sendable, Encodable, Equatable {
        let pending: Int
        var oldestSeconds: Int?
        /// The calls that were given up and are still kept, by customer in words; nil for none.
        var givenUp: [String: GivenUp]?

        /// Calls that did not reach a customer, because its receiver refused them or all tries failed.
        struct GivenUp: Sendable, Encodable, Equatable {
            let count: Int
            /// Why the newest of them was given up.
            let reason: String?
        }

        enum CodingKeys: String, CodingKey {
            case pending
            case oldestSeconds = "oldest_seconds"
            case givenUp = "given_up"
        }
    }

    enum CodingKeys: String, CodingKey {
        case gateway, problems, mmscs, webhooks
        case mediaPending = "media_pending"
        case uploadsPending = "uploads_pending"
        case inbounds
        case databaseBytes = "database_bytes"
        case databaseFreeBytes = "database_free_bytes"
        case kept
        case databaseLimitBytes = "database_limit_bytes"
        case replicas
    }

    package init(
        _ overview: StoreOverview, _ condition: LocalGateway.Condition, directory: Directory,
        operations: ListenAddress, databaseLimitBytes: Int? = nil, retention: RetentionRules = RetentionRules(),
        now: Date
    ) {
        switch condition {
        case .running(let isReady, let checks, _):
            gateway = isReady ? "ready" : "not_ready"
            problems = checks.filter { $0.status == "failed" }.map { check in
                [check.name, check.reason].compactMap(\.self).joined(separator: ": ")
            }
        case .absent:
            gateway = "not_running"
            problems = ["nobody listens at \(operations)"]
        case .unclear(let reason):
            gateway = "unclear"
            problems = [reason]
        }
        mmscs = Self.lines(overview, condition, directory, now: now)
        let givenUp = overview.givenUpCalls.map { owner, count, reason in
            (owner.inWords, Pending.GivenUp(count: count, reason: reason?.description))
        }
        webhooks = Pending(
            pending: overview.openCalls, oldestSeconds: overview.oldestOpenCall.map { Self.age($0, now) },
            givenUp: givenUp.isEmpty ? nil : Dictionary(givenUp) { first, _ in first })
        mediaPending = overview.batchesWithoutMedia
        uploadsPending = overview.openUploads
        inbounds = Inbounds(overview)
        databaseBytes = overview.databaseBytes
        databaseFreeBytes = overview.kept.freeBytes
        kept = KeptBody(overview.kept, retention)
        self.databaseLimitBytes = databaseLimitBytes
        if !overview.replicas.isEmpty { replicas = overview.replicas.map { Replica($0, now: now) } }
    }

    /// The lines of the MMSCs. A message that waits is counted at the MMSC that would carry it now, as the gateway
    /// itself counts it.
    private static func lines(
        _ overview: StoreOverview, _ condition: LocalGateway.Condition, _ directory: Directory, now: Date
    ) -> [Line] {
        var lines: [String: Line] = [:]
        func line(_ name: String) -> Line {
            if let line = lines[name] { return line }
            guard let mmsc = directory.mmscs[name] else { return Line(name: name, condition: "not_configured") }
            guard let peer = condition.peer(name) else {
                return Line(name: name, condition: mmsc.isDraining ? "draining" : "not_known")
            }
            var line = Line(name: name, condition: peer.condition, reason: peer.reason)
            line.secondsSinceSuccess = peer.secondsSinceSuccess
            line.secondsSinceFailure = peer.secondsSinceFailure
            line.lastFailure = peer.lastFailure
            let warnings = condition.warnings(ofMMSC: name)
            line.warnings = warnings.isEmpty ? nil : warnings
            return line
        }
        for name in directory.mmscs.keys { lines[name] = line(name) }
        let available = Set(
            lines.values.filter { ["well", "elsewhere", "not_known"].contains($0.condition) }.map(\.name))
        for messages in overview.messages {
            let carriers = messages.carriers
            guard let name = carriers.carrier(where: available.contains) ?? carriers.names.first else { continue }
            var line = line(name)
            switch messages.state {
            case .queued: line.queued += messages.count
            case .submitting: line.submitting += messages.count
            case .inDoubt: line.inDoubt += messages.count
            case .submitted: line.submitted += messages.count
            case .delivered, .expired, .rejected, .failed, .unknown, .cancelled, .aborted: continue
            }
            if let oldest = messages.oldestDue, oldest <= now {
                line.oldestSeconds = max(line.oldestSeconds ?? 0, age(oldest, now))
            }
            lines[name] = line
        }
        for (name, since) in overview.oldestUnreported {
            var line = line(name)
            line.unreportedSeconds = age(since, now)
            lines[name] = line
        }
        for (name, count) in overview.resends {
            var line = line(name)
            line.resent = count
            lines[name] = line
        }
        return lines.values.sorted { $0.name < $1.name }
    }

    private static func age(_ time: Date, _ now: Date) -> Int { max(Int(now.since(time).seconds), 0) }
}
