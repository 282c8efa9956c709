import FoundationEssentials
import GatewayCore
import Logging
import ServiceLifecycle
import Synchronization
import Testing
import WorkLoop

@Suite("The loop that takes work", .timeLimit(.minutes(5)))
struct WorkLoopTests {
    private struct Item: Sendable, Identifiable {
        let id: Int
    }

    /// Work of which at most two go on at a time.
    private final class Work: Sendable {
        private let state = Mutex((waiting: Array(1...10), most: 0))

        var most: Int { state.withLock { $0.most } }

        /// Nil when all is taken and ended.
        func look(_ ongoing: Set<Int>) -> WorkLoop<Item>.Found? {
            state.withLock { state in
                if state.waiting.isEmpty && ongoing.isEmpty { return nil }
                let taken = state.waiting.prefix(2 - ongoing.count)
                state.waiting.removeFirst(taken.count)
                state.most = max(state.most, ongoing.count + taken.count)
                return .init(taken.map(Item.init), nextLook: .distantFuture)
            }
        }
    }

    @Test("everything is done, and never more at a time than looked for")
    func bound() async {
        let work = Work()
        let done = Mutex<Set<Int>>([])

        await WorkLoop<Item>(signal: Signal(), clock: SteadyClock()).run { ongoing in
            work.look(ongoing)
        } perform: { item in
            await Task.yield()
            done.withLock { _ = $0.insert(item.id) }
        }

        #expect(done.withLock { $0 } == Set(1...10))
        #expect(work.most == 2)
    }

    @Test("a stop lets what has begun end and begins nothing more")
    func gracefulStop() async throws {
        let begun = AsyncStream<Void>.makeStream()
        let ended = Mutex(0)
        let loop = ClosureService {
            await WorkLoop<Item>(signal: Signal(), clock: SteadyClock()).run { ongoing in
                .init(ongoing.isEmpty ? [Item(id: 1)] : [], nextLook: .distantFuture)
            } perform: { _ in
                begun.continuation.yield()
                // Work that is still going on when the stop comes, and knows nothing of it otherwise.
                try? await gracefulShutdown()
                ended.withLock { $0 += 1 }
            }
        }
        let group = ServiceGroup(
            configuration: .init(
                services: [loop], logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })))

        async let running: Void = group.run()
        for await _ in begun.stream { break }
        await group.triggerGracefulShutdown()
        try await running

        #expect(ended.withLock { $0 } == 1)
    }
}
