import FoundationEssentials
package import GatewayCore
package import Logging
import ServiceLifecycle
import WorkLoop

/// Makes messages of the recipients of batches whose time has come, a slice at a time: the messages of a slice and the
/// count of those that are done are one commit, so that nothing is sent twice, and nothing is lost, whatever stops the
/// work in between.
package struct AppBatchService: Service {
    private let store: any AppBatchStore
    private let slices: BatchSlices
    private let directory: CurrentDirectory
    private let settings: ConversationAPI.Settings
    private let clock: any DomainClock
    private let signal: Signal
    private let log: AppBatchLog
    private let turns = BatchTurns(capacity: Self.capacity)

    /// - Parameter signal: that a batch waits.
    package init(
        store: StoreRoles, directory: CurrentDirectory, settings: ConversationAPI.Settings, clock: any DomainClock,
        ids: ULIDGenerator, signal: Signal, logger: Logger
    ) {
        self.store = store.appBatches
        self.directory = directory
        self.settings = settings
        self.clock = clock
        self.signal = signal
        log = AppBatchLog(logger)
        slices = BatchSlices(
            correspondents: Correspondents(
                contacts: store.contacts, conversations: store.conversations, ids: ids), log: log)
    }

    package func run() async throws {
        await WorkLoop<AppBatch>(signal: signal, clock: clock).run { ongoing in
            await look(except: ongoing)
        } perform: { batch in
            // A batch goes on where it was when the gateway starts again.
            await cancelWhenGracefulShutdown { await work(on: batch) }
        }
    }

    /// - Parameter batch: one that `look` has found.
    func work(on batch: AppBatch) async {
        turns.end(batch, postponedUntil: await perform(batch))
    }

    /// Batches that begin now.
    func look(except ongoing: Set<AppBatch.ID>) async -> WorkLoop<AppBatch>.Found {
        let now = clock.now()
        let latest = now + Self.longestPause
        guard ongoing.count < Self.capacity else { return .init([], nextLook: latest) }
        do {
            let limit = Self.candidates + ongoing.count + turns.postponedCount(now: now)
            let found = try await store.dueAppBatches(limit: limit, now: now)
            log.storeAnswers()
            let next = [found.nextDue, turns.nextEnd, latest].compactMap(\.self).min() ?? latest
            return .init(turns.begin(found.batches.filter { !ongoing.contains($0.id) }), nextLook: next)
        } catch {
            log.storeFailed(error)
            return .init([], nextLook: now + Self.pauseOfStore)
        }
    }

    /// Works on a batch to its end, or until the gateway stops.
    ///
    /// - Returns: when to go on, where it could not be worked on.
    private func perform(_ batch: AppBatch) async -> Date? {
        do {
            guard let bytes = try await store.request(of: batch.id) else {
                // It has ended since it was found, of which nothing comes here; else it would be found for ever.
                try await fail(batch, "its request is not there any more")
                return nil
            }
            // It was read when it was taken: then another version of the gateway took it.
            guard let request = try? BatchSendRequest(body: bytes), request.recipients.count == batch.recipientCount
            else {
                try await fail(batch, "its request cannot be read any more")
                return nil
            }
            try await send(request, as: batch)
            return nil
        } catch let failure as StoreFailure where failure.mayPass {
            log.storeFailed(failure)
            return clock.now() + Self.pauseOfStore
        } catch is CancellationError {
            return nil
        } catch StoreFailure.closed {
            return nil
        } catch {
            log.batchHangs(batch, error)
            return clock.now() + Self.pauseOfBroken
        }
    }

    /// Makes messages of the recipients that are still to come.
    private func send(_ request: BatchSendRequest, as first: AppBatch) async throws {
        var batch = first
        while batch.phase.isOpen {
            try Task.checkCancellation()
            guard let acceptance = acceptance(of: batch) else { return try await fail(batch, "its app is gone") }
            let now = clock.now().wholeMilliseconds
            let end = min(batch.processed + Self.slice, request.recipients.count)
            let slice = try await slices.slice(
                batch.processed..<end, of: request, as: batch, by: acceptance, now: now)
            let next = batch.inPhase(end < request.recipients.count ? .ready : .processed)
            let begun = batch.phase == .scheduled ? batch.inPhase(.ready) : nil
            let ended = next.phase.isOpen ? nil : next
            let notices =
                [begun].notices(acceptance.project, at: now) + slice.receipts
                + [ended].notices(acceptance.project, at: now)
            // Somebody else may have gone on with it, or it was cancelled in the last moment: the next look tells.
            guard
                try await store.advance(
                    next, by: end - batch.processed, taking: slice.messages, notices: notices, now: now)
            else { return }
            batch = next.inPhase(next.phase, processed: end)
        }
    }

    /// Ends a batch that cannot be sent, whatever of it was.
    ///
    /// - Parameter reason: for the log.
    private func fail(_ batch: AppBatch, _ reason: String) async throws(StoreFailure) {
        let now = clock.now().wholeMilliseconds
        let failed = batch.inPhase(.failed)
        let notices = project(of: batch)?.notices(ofPhaseOf: failed, at: now) ?? []
        guard try await store.advance(failed, by: 0, taking: [], notices: notices, now: now) else { return }
        log.batchFailed(batch, reason)
    }

    /// Nil where there is no such app any more.
    private func acceptance(of batch: AppBatch) -> Acceptance? {
        let directory = directory.now
        guard case .app(let id, let project) = batch.owner, let project = directory.projects[project],
            let app = project.app(id)
        else { return nil }
        return Acceptance(
            app: app, project: project, directory: directory, settings: settings, ids: slices.correspondents.ids,
            trace: batch.trace)
    }

    private func project(of batch: AppBatch) -> Project? {
        guard case .app(_, let id) = batch.owner else { return nil }
        return directory.now.projects[id]
    }

    /// Batches that are worked on at once, each with its request in memory. A project has half of them at most.
    private static let capacity = 4
    /// Batches that a look finds beside those, so that the turns of apps count.
    private static let candidates = 64
    /// Recipients of one commit.
    private static let slice = 50
    /// The signal is raised for new batches, so this is for those of other processes.
    private static let longestPause = Duration.seconds(10)
    private static let pauseOfStore = Duration.seconds(1)
    private static let pauseOfBroken = Duration.seconds(600)
}

extension [AppBatch?] {
    /// What is written down of the batches among them, each in its phase.
    fileprivate func notices(_ project: Project, at now: Date) -> [Notice] {
        compactMap(\.self).flatMap { project.notices(ofPhaseOf: $0, at: now) }
    }
}
