import FoundationEssentials
import Glibc

/// How fast messages go through their whole life, and at what cost to the gateway: accepted over the REST API, their
/// pictures fetched, submitted, reported, and the customer told.
struct LifeBench {
    let order: LifeOrder
    /// Where the gateway keeps the messages.
    let store: BenchStore
    /// A folder that whoever measures removes, when all is measured.
    let dataDirectory: String

    func run() async throws -> LifeFigures {
        let folder = try makeFolder("measured")
        if order.stored > 0 {
            try await FilledStore.fill(folder, delivered: order.stored, pictureBytes: order.pictureBytes)
            // What the system has still to write is no business of the gateway.
            sync()
        }
        var figures = try await LifeStage.with(order, on: store, dataDirectory: folder) { stage in
            let posts = order.posts
            _ = try await stage.live(0..<posts.lowerBound)
            let processes = stage.gateways.map(\.process)
            for process in processes { process.forgetPeak() }
            let before = try ProcessReading(of: processes)
            let commits = CommitCount.read(in: folder)
            let database = try stage.database?.read()
            let limit: Duration? = if case .seconds(let seconds) = order.amount { .seconds(seconds) } else { nil }
            let (result, counts) = try await stage.live(posts, within: limit)
            var figures = LifeFigures(order, result, counts, from: before, to: try ProcessReading(of: processes))
            if let commits, let after = CommitCount.read(in: folder) {
                figures.commitsPerMessage = Double(after &- commits) / Double(counts.accepted)
            }
            if let database, let growth = try stage.database?.growth(since: database) { figures.take(growth) }
            return figures
        }
        // It is that of rows in SQLite.
        if store.kind == .sqlite { figures.floor = try LifeFloor(of: order, figures, dataDirectory: folder) }
        return figures
    }

    /// Lets fewer messages live in another gateway and counts its system calls, for one message.
    ///
    /// - Returns: nil where they cannot be counted.
    func systemCalls() async throws -> [String: Double]? {
        // Those of one of several would be a part of what a message needs.
        guard order.replicas == 1 else { return nil }
        let folder = try makeFolder("traced")
        return try await LifeStage.with(order, on: store, dataDirectory: folder) { stage in
            let posts = min(max(Self.tracedMessages / order.recipients, 1), order.posts.count)
            _ = try await stage.live(0..<order.warmUp(for: posts))
            guard let calls = try await SystemCalls(of: stage.gateways[0].process, in: folder) else { return nil }
            let counts: LifeCounts
            do {
                counts = try await stage.live(posts + 1..<2 * posts + 1).1
            } catch {
                _ = calls.stop()
                throw error
            }
            return calls.stop().mapValues { Double($0) / Double(counts.accepted) }
        }
    }

    private static let tracedMessages = 1_000

    private func makeFolder(_ name: String) throws -> String {
        let folder = dataDirectory + "/" + name
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }
}

extension LifeFigures {
    fileprivate init(
        _ order: LifeOrder, _ posts: LoadTask.Result, _ counts: LifeCounts, from before: ProcessReading,
        to after: ProcessReading
    ) {
        let messages = Double(max(counts.accepted, 1))
        name = order.text
        (accepted, submitted, reported, called) = (counts.accepted, counts.submitted, counts.reported, counts.called)
        seconds = posts.begun.duration(to: counts.end) / .seconds(1)
        messagesPerSecond = messages / max(seconds, 0.001)
        processorSecondsPerThousand = (after.processorTime - before.processorTime) / .seconds(1) / messages * 1000
        acceptPerSecond = posts.perSecond
        (acceptP50, acceptP99, acceptP999) = (posts.p50 * 1000, posts.p99 * 1000, posts.p999 * 1000)
        writtenBytesPerMessage = Double(after.writtenBytes - before.writtenBytes) / messages
        commitsPerMessage = 0
        (residentBytes, peakResidentBytes) = (after.residentBytes, after.peakResidentBytes)
    }
    fileprivate mutating func take(_ growth: BenchDatabase.Growth) {
        let messages = Double(max(accepted, 1))
        commitsPerMessage = Double(growth.commits) / messages
        logBytesPerMessage = Double(growth.logBytes) / messages
        serverProcessorSecondsPerThousand = growth.processorTime.map { $0 / .seconds(1) / messages * 1000 }
    }
}
