import FoundationEssentials
import GatewayCore
import Logging
import Synchronization

/// The MMSCs that messages wait for although they are no longer in the configuration. These messages may have reached
/// such an MMSC, so that they go to no other, or no route leads them elsewhere. They would wait until they expire, and
/// nobody would know.
final class AbsentMMSCs: Sendable {
    private struct State {
        /// Messages by the MMSC.
        var waiting: [String: Int] = [:]
        var generation = -1
        var lookedAt = Date(timeIntervalSince1970: 0)
    }

    private let state = Mutex(State())
    private let logger: Logger

    /// The time between two looks with the same directory.
    private static let pause = Duration.seconds(60)

    init(logger: Logger) {
        self.logger = logger
    }

    /// How many messages waited for each of them at the last look.
    func waiting(in directory: Directory) -> [String: Int] {
        state.withLock { $0.waiting.filter { directory.mmscs[$0.key] == nil } }
    }

    /// Looks at the start, after each reload, and each minute, since a message may begin to wait later. Logs all of
    /// them after a start or a reload, and a new one at any time.
    func goOn(in store: any CarrierStore & OpenMessageReader, by directory: Directory, now: Date)
        async throws(StoreFailure)
    {
        let last = state.withLock { $0 }
        let isReloaded = last.generation != directory.generation
        guard isReloaded || now.since(last.lookedAt) >= Self.pause || now < last.lookedAt else { return }
        // Counting reads a whole index, and mostly there is nothing to count.
        var mayWait = isReloaded || !last.waiting.isEmpty
        if !mayWait { mayWait = try await store.waitingCarriers().contains(where: directory.lacks) }
        let waiting = mayWait ? Self.waiting(try await store.openMessages(), in: directory) : [:]
        state.withLock { $0 = State(waiting: waiting, generation: directory.generation, lookedAt: now) }
        for (name, count) in waiting.sorted(by: { $0.key < $1.key }) where isReloaded || last.waiting[name] == nil {
            logger.warning(
                "Messages wait for an MMSC that the configuration does not have",
                metadata: ["mmsc": "\(name)", "messages": .stringConvertible(count)])
        }
    }

    private static func waiting(_ open: [OpenMessages], in directory: Directory) -> [String: Int] {
        var waiting: [String: Int] = [:]
        for messages in open where messages.state.isWaiting && directory.lacks(messages.carriers) {
            if let name = messages.carriers.names.first { waiting[name, default: 0] += messages.count }
        }
        return waiting
    }
}

extension Directory {
    /// Whether it has none of the MMSCs that may carry a message.
    fileprivate func lacks(_ carriers: Carriers) -> Bool { carriers.names.allSatisfy { mmscs[$0] == nil } }
}
