import Dispatch
import GatewayCore
import SQLStore
import Synchronization

/// This process among those that share the database, with what it does for that beside the store: it renews its row, and
/// rings and hears the bell.
final class Replica: Sendable {
    let membership: Membership
    private let renewal: Renewal
    private let bell: Bell?
    private let bellThread = DispatchQueue(label: "store.bell")
    private let identity: Mutex<ReplicaIdentity?>

    init(
        _ identity: ReplicaIdentity, of server: PostgresServer, notifies: Bool, signals: WorkSignals
    ) async throws(SQLError) {
        bell = notifies ? try Bell(server, signals: signals) : nil
        membership = Membership(
            .init(home: identity.home, boot: identity.boot, name: identity.name, version: identity.version),
            signals: signals, bell: bell)
        let thread = try await ConnectionThread.open("store.lease") { () throws(SQLError) in
            try PostgresDriver(server, as: .lease)
        }
        renewal = Renewal(of: membership, on: thread, TableStatistics(of: server))
        membership.state.withLock { [renewal] in $0.onResign = { [weak renewal] in await renewal?.resign() } }
        bell?.onResigned { [weak membership] in membership?.forgetOthers() }
        self.identity = Mutex(identity)
    }

    /// Begins, once the process has joined the others.
    func start() {
        renewal.start()
        if let bell { bellThread.async { bell.run() } }
    }

    /// The process has cleared up what those before it left: others may start.
    func isReady() async { await renewal.isReady() }

    func stop() async {
        await renewal.resign()
        bell?.close()
        async let isSilent: Void = withCheckedContinuation { continuation in
            bellThread.async { continuation.resume() }
        }
        await renewal.stop()
        await isSilent
        identity.withLock { $0 = nil }
    }
}
