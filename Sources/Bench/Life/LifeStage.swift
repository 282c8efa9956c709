import FoundationEssentials
import PostgresStore

/// A gateway, or several that share a store, and all its peers, each a process of its own.
struct LifeStage {
    let order: LifeOrder
    /// The first of them gets the reports.
    let gateways: [LifeGateway]
    /// The gateways', where it is not in the data directory.
    let database: BenchDatabase?
    private let media: PeerProcess
    private let receiver: PeerProcess
    private let mmsc: PeerProcess

    /// Reports go over as many connections.
    static let reportConnections = 32
    /// A report comes so long after its message was taken.
    private static let reportDelay = Duration.milliseconds(100)
    private static let patience = Duration.seconds(30)

    /// Does the work and ends all processes.
    static func with<Value>(
        _ order: LifeOrder, on store: BenchStore, dataDirectory: String, _ work: (LifeStage) async throws -> Value
    ) async throws -> Value {
        let peers = Peers()
        defer { peers.stop() }
        let media = try peers.start(
            .media(pictureBytes: order.pictureBytes, delay: order.mediaDelay / .seconds(1)))
        let receiver = try peers.start(.receiver(status: "200 OK", body: ""))
        let mm7Port = try Loopback.freePort()
        let mmsc = try peers.start(
            .mmsc(
                .init(
                    delay: order.mmscDelay / .seconds(1), reportDelay: reportDelay / .seconds(1), reportPort: mm7Port,
                    reportConnections: reportConnections)))
        let database = try await store.database(in: dataDirectory + "-postgresql")
        defer { database?.stop() }
        var gateways: [LifeGateway] = []
        defer { for gateway in gateways { _ = gateway.process.stop() } }
        for number in 0..<order.replicas {
            let folder = number == 0 ? dataDirectory : "\(dataDirectory)-\(number)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let gateway = try await LifeGateway(
                dataDirectory: folder, mm7Port: number == 0 ? mm7Port : Loopback.freePort(), mmscPort: mmsc.port,
                inFlight: order.inFlight, database: database)
            gateways.append(gateway)
        }
        let held = order.holdsTransaction ? try database?.holdTransaction() : nil
        defer { held?.end() }
        return try await work(
            LifeStage(
                order: order, gateways: gateways, database: database, media: media, receiver: receiver, mmsc: mmsc))
    }

    /// Posts batches and waits until the life of each of their messages is over.
    ///
    /// - Parameter numbers: those of the POSTs, which no earlier call had.
    func live(_ numbers: Range<Int>, within limit: Duration? = nil) async throws -> (LoadTask.Result, LifeCounts) {
        let before = try counts()
        let body = BatchBody(
            recipients: order.recipients, report: order.report.rawValue, hasOwnPicture: order.hasOwnPictures,
            mediaPort: media.port, callbackPort: receiver.port)
        let posts = try PeerProcess.load(
            LoadTask(
                ports: gateways.map(\.port), connections: order.clients, numbers: numbers,
                seconds: limit.map { $0 / .seconds(1) }, kind: .batches(body)))
        var counts = LifeCounts(accepted: posts.count * order.recipients)
        var (progress, lastProgress) = (-1, ContinuousClock.now)
        while true {
            let now = try self.counts()
            counts.submitted = now.submitted - before.submitted
            counts.reported = now.reported - before.reported
            counts.called = now.called - before.called
            counts.end = now.end
            counts.faults = now.faults - before.faults
            if counts.isOver(order.report) { return (posts, counts) }
            if counts.submitted + counts.reported + counts.called > progress {
                (progress, lastProgress) = (counts.submitted + counts.reported + counts.called, .now)
            }
            guard lastProgress.duration(to: .now) < Self.patience, counts.faults == 0 else {
                throw BenchFailure(
                    """
                    of \(counts.accepted) messages \(counts.submitted) were submitted, \(counts.reported) reported and \
                    \(counts.called) called back, with \(counts.faults) faults, and no other for a while
                    """)
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    private func counts() throws -> LifeCounts {
        let (mmsc, receiver) = (try mmsc.tally(), try receiver.tally())
        var counts = LifeCounts(accepted: 0)
        (counts.submitted, counts.reported, counts.called) = (mmsc.messages, mmsc.reports, receiver.messages)
        counts.faults = mmsc.faults + receiver.faults
        counts.end = order.report == .none ? mmsc.last : receiver.last
        return counts
    }
}

/// How far messages came.
struct LifeCounts: Codable {
    var accepted: Int
    var submitted = 0
    var reported = 0
    var called = 0
    var faults = 0
    /// When the last came there.
    var end = MonotonicTime.now

    /// Whether each message was accepted, submitted, reported, and its customer told where the customer wants that.
    func isOver(_ report: LifeOrder.Report) -> Bool {
        submitted >= accepted && reported >= accepted && (report == .none || called >= accepted)
    }
}

/// The processes that were started so far, so that none is left behind.
private final class Peers {
    private var started: [PeerProcess] = []

    func start(_ task: PeerTask) throws -> PeerProcess {
        let peer = try PeerProcess(task)
        started.append(peer)
        return peer
    }

    func stop() {
        for peer in started { peer.stop() }
    }
}
