import FoundationEssentials
import GatewayCore
import Logging
import MM7
import Synchronization

/// Tells the operator that an MMSC will take nothing before somebody repairs the account or the configuration: once a
/// minute for each MMSC, not for each message.
final class RepairAlarm: Sendable {
    private let logger: Logger
    private let raised = Mutex<[String: Date]>([:])

    private static let pause = Duration.seconds(60)

    init(logger: Logger) {
        self.logger = logger
    }

    func raise(for mmsc: String, code: StatusCode?, reason: String, now: Date) {
        let isDue = raised.withLock { raised in
            // One that lies ahead is of a clock that was set back.
            if let last = raised[mmsc], last <= now, now.since(last) < Self.pause { return false }
            raised[mmsc] = now
            return true
        }
        guard isDue else { return }
        logger.warning(
            "The MMSC refuses all until its account or the configuration is repaired",
            metadata: [
                "mmsc": "\(mmsc)", "status": "\(code.map { String($0.rawValue) } ?? "none")",
                "reason": "\(reason)",
            ])
    }
}
