import Doubles
import Foundation
import GatewayCore
import Logging
import Media
import SQLStore
import SQLiteStore
import Telemetry

@testable import ObjectStorage

/// The service at work between a store, a folder of media and a storage that is scripted. `p` and `dead` are plans with
/// a bucket each.
struct Scene: Sendable {
    let store: SQLiteStore
    let library: MediaLibrary
    let storage: ScriptedStorage
    let directory: CurrentDirectory
    let clock: PatientClock
    let log = LogLines(from: .notice)
    private let signals: WorkSignals
    private let prometheus: Prometheus
    private let ids = ULIDGenerator()

    static var directory: Directory {
        Directory(
            servicePlans: ["p", "dead"].map { id in
                var plan = ServicePlan(id: id, apiTokens: [])
                plan.customer.storage = .sample
                if id == "dead" { plan.customer.storage?.name = "dead" }
                return plan
            })
    }

    /// Ends the service as a stop does whose time to drain is over.
    static func run(
        _ storage: ScriptedStorage, in folder: String? = nil, maxInFlight: Int = 8,
        pauses: UploadPauses = UploadPauses(), _ body: @Sendable (Scene) async throws -> Void
    ) async throws {
        guard let folder else {
            return try await withFolder {
                try await run(storage, in: $0, maxInFlight: maxInFlight, pauses: pauses, body)
            }
        }
        let signals = WorkSignals()
        let prometheus = Prometheus(Metric.descriptions)
        let store = try await SQLiteStore.open(directory: folder, signals: signals)
        let scene = Scene(
            store: store, library: try MediaLibrary(dataDirectory: folder), storage: storage,
            directory: CurrentDirectory(directory), clock: PatientClock(at: .start), signals: signals,
            prometheus: prometheus)
        let service = UploadService(
            store: store, library: scene.library, uploader: storage.uploader(HastyClock(at: .start)),
            directory: scene.directory, clock: scene.clock, signal: signals.uploads, pauses: pauses,
            maxInFlight: maxInFlight, telemetry: Telemetry(prometheus), logger: scene.log.logger)
        // Awaited below.
        let task = Task { try await service.run() }
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(scene))
        } catch {
            result = .failure(error)
        }
        task.cancel()
        try await task.value
        await store.close()
        try result.get()
    }

    /// Takes a message with these files, all of one name.
    @discardableResult
    func receive(_ contents: String..., of plan: String = "p") async throws -> Inbound {
        var media: [Inbound.Medium] = []
        for content in contents {
            media.append(
                .init(try await library.store(Array(content.utf8), contentType: "image/jpeg"), name: "image.jpg"))
        }
        return try await receive(files: media, of: plan)
    }

    @discardableResult
    func receive(files: [Inbound.Medium], of plan: String = "p") async throws -> Inbound {
        let inbound = Inbound.sample(files, of: .servicePlan(plan), id: ids.next(at: .start))
        _ = try await store.receive(
            InboundDelivery(
                linkedID: nil, transactionID: "\(inbound.id)",
                copies: [.init(inbound, notifiesOwner: true, uploadToken: .random())]),
            from: "north", now: .start)
        return inbound
    }

    /// Lets that time pass, and the service look.
    func pass(_ time: Duration) {
        clock.advance(by: time)
        signals.uploads.raise()
    }

    /// Returns when so many rounds have ended with a pause.
    func postponed(_ count: Int) async throws {
        while !metrics().contains("mm7_uploads_total{outcome=\"again\"} \(count)\n") {
            try await Task.sleep(for: .milliseconds(1))
        }
    }

    /// The next message that is due to be told, once there is one.
    func told() async throws -> Inbound {
        while true {
            let claims = try await store.claimCalls(limit: 1, now: clock.now(), leaseUntil: .distantFuture)
            if let inbound = claims.first?.inbound { return inbound }
            try Task.checkCancellation()
            await signals.events.wait(until: .distantFuture, clock: SteadyClock())
        }
    }

    func metrics() -> String { prometheus.render() }
}

/// A folder of the test's own, gone afterwards.
func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder.path)
}
