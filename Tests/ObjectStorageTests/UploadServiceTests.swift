import CurlHTTP
import Doubles
import Foundation
import GatewayCore
import Logging
import Media
import SQLStore
import SQLiteStore
import Synchronization
import Telemetry
import Testing

@testable import ObjectStorage

@Suite("The way of inbound media into buckets", .timeLimit(.minutes(2)))
struct UploadServiceTests {
    @Test("every file is put under a key of its own with its bytes, and then the owner is notified with the links")
    func uploads() async throws {
        try await Scene.run(ScriptedStorage()) { scene in
            try await scene.receive("cake", "bread")

            let media = try await scene.told().media

            let requests = scene.storage.requests
            #expect(requests.map { $0.body.flatMap { $0 } } == [Array("cake".utf8), Array("bread".utf8)])
            #expect(requests.allSatisfy { $0.headers.first(named: "Content-Type") == "image/jpeg" })
            #expect(media.map(\.url) == requests.map(\.url))
            #expect(Set(media.compactMap(\.url)).count == 2 && media.allSatisfy { $0.code == 0 && $0.file == nil })
            #expect(scene.metrics().contains(#"mm7_uploads_total{outcome="uploaded"} 2"#))
            #expect(scene.log.texts == [])
        }
    }

    @Test(
        "a file that fails for good has its code and no link, the others have theirs",
        arguments: [(413, 1, "failed"), (404, 2, "bucket"), (403, 3, "key")])
    func fails(status: Int, code: Int, outcome: String) async throws {
        let storage = ScriptedStorage { $0.body.flatMap { $0 } == Array("cake".utf8) ? status : 200 }
        try await Scene.run(storage) { scene in
            let inbound = try await scene.receive("cake", "bread")

            let media = try await scene.told().media

            #expect(media.map(\.code) == [code, 0])
            #expect(media.map { $0.url == nil } == [true, false])
            #expect(media.map(\.file) == [inbound.media[0].file, nil])
            #expect(scene.metrics().contains("mm7_uploads_total{outcome=\"\(outcome)\"} 1"))
            let line = try #require(scene.log.texts.first)
            #expect(line.contains("customer=p ") && line.contains("inbound=\(inbound.id)"))
            #expect(line.contains("code=\(code) ") && line.contains("reason=the storage answered \(status)"))
            for secret in ["AKID", "hush", "15550100001", "12025550100", "cake", "image.jpg"] {
                #expect(!line.contains(secret), "\(line)")
            }
        }
    }

    @Test("the first failure of each code is logged, and the end of them once")
    func told() async throws {
        let storage = ScriptedStorage { request in
            switch request.body.flatMap({ $0 }) {
            case Array("cake".utf8): 413
            case Array("bread".utf8): 403
            default: 200
            }
        }
        try await Scene.run(storage) { scene in
            try await scene.receive("cake", "bread", "cake")
            _ = try await scene.told()
            #expect(scene.log.texts.map { $0.contains("code=1 ") } == [true, false])

            try await scene.receive("salt")
            _ = try await scene.told()
            #expect(scene.log.texts.count == 3 && scene.log.texts.last?.contains("again") == true)
        }
    }

    @Test("a file that is gone is code 1, and nothing is asked of the storage")
    func missingFile() async throws {
        try await Scene.run(ScriptedStorage()) { scene in
            let file = Inbound.Medium(
                StoredMedia(hash: String(repeating: "ab", count: 32), contentType: "image/png", byteCount: 4),
                name: "a.png")
            try await scene.receive(files: [file])

            #expect(try await scene.told().media == [file.failed(code: 1)])
            #expect(scene.storage.requests.isEmpty)
        }
    }

    @Test("nobody is notified before the last upload has ended")
    func toldAfterAll() async throws {
        let gate = Gate()
        let storage = ScriptedStorage { (request) async throws(HTTPFailure) in
            if request.body.flatMap({ $0 }) == Array("bread".utf8) { try await gate.pass() }
            return 200
        }
        try await Scene.run(storage) { scene in
            try await scene.receive("cake", "bread")
            await storage.wait(for: 2)

            #expect(try await scene.store.nextCallDue() == nil)
            gate.letPass()

            #expect(try await scene.told().media.allSatisfy { $0.url != nil })
        }
    }

    @Test("a plan that lost its bucket by a reload has its media kept by the gateway")
    func lostBucket() async throws {
        try await Scene.run(ScriptedStorage()) { scene in
            var directory = scene.directory.now
            directory.servicePlans["p"]?.customer.storage = nil
            scene.directory.replace(with: directory)
            let inbound = try await scene.receive("cake")

            #expect(try await scene.told().media == inbound.media)
            #expect(scene.storage.requests.isEmpty)
            #expect(scene.metrics().contains(#"mm7_uploads_total{outcome="kept"} 1"#))
        }
    }

    @Test("a stop decides nothing, and the next start puts it under the same key")
    func stop() async throws {
        let gate = Gate()
        let gated = ScriptedStorage { (_) async throws(HTTPFailure) in
            try await gate.pass()
            return 200
        }
        try await withFolder { folder in
            try await Scene.run(gated, in: folder) { scene in
                try await scene.receive("cake")
                await gated.wait(for: 1)
            }
            let open = ScriptedStorage()
            try await Scene.run(open, in: folder) { scene in
                let media = try await scene.told().media

                #expect(media.map(\.url) == gated.requests.map(\.url))
                #expect(open.requests.map(\.url) == gated.requests.map(\.url))
            }
        }
    }

    @Test("a storage that does not answer takes half of the places, and others go past it")
    func fairness() async throws {
        let gate = Gate()
        let storage = ScriptedStorage { (request) async throws(HTTPFailure) in
            if request.url.contains("/dead/") { try await gate.pass() }
            return 200
        }
        try await Scene.run(storage, maxInFlight: 4) { scene in
            for _ in 0..<10 { try await scene.receive("cake", of: "dead") }
            await storage.wait(for: 2)
            for _ in 0..<5 { try await scene.receive("bread") }

            for _ in 0..<5 { #expect(try await scene.told().owner == .servicePlan("p")) }

            #expect(storage.requests.count { $0.url.contains("/dead/") } == 2)
            gate.letPass()
            for _ in 0..<10 { #expect(try await scene.told().owner == .servicePlan("dead")) }
        }
    }

    @Test("a store that is away for a moment does not make it upload twice")
    func storeAway() async throws {
        let store = MoodyStore(failures: 3)
        let storage = ScriptedStorage()
        try await withFolder { folder in
            let library = try MediaLibrary(dataDirectory: folder)
            let file = try await library.store(Array("cake".utf8), contentType: "image/jpeg")
            await store.offer(
                UploadClaim(
                    .sample([.init(file, name: "image.jpg")]), of: .servicePlan("p"), token: UploadToken("9f")))
            let log = LogLines(from: .notice)
            let service = UploadService(
                store: store, library: library, uploader: storage.uploader(HastyClock(at: .start)),
                directory: CurrentDirectory(Scene.directory), clock: PatientClock(at: .start), signal: Signal(),
                logger: log.logger)
            let task = Task { try await service.run() }

            await store.recorded()

            task.cancel()
            try await task.value
            #expect(storage.requests.count == 1)
            #expect(log.texts.count { $0.contains("does not answer") } == 1, "\(log.texts)")
        }
    }
}

/// A store whose records fail a few times.
private actor MoodyStore: UploadQueue {
    private var failures: Int
    private var offered: [UploadClaim] = []
    private let signal = Signal()

    init(failures: Int) {
        self.failures = failures
    }

    func offer(_ claim: UploadClaim) { offered.append(claim) }

    nonisolated func recorded() async { await signal.wait(until: .distantFuture, clock: SteadyClock()) }

    func claimUploads(_ request: UploadRequest, now: Date) async throws(StoreFailure) -> [UploadClaim] {
        defer { offered = [] }
        return offered
    }

    func nextUploadDue() async throws(StoreFailure) -> Date? { nil }

    func postponeUploads(
        of inbound: Inbound.ID, media: [Inbound.Medium], until: Date
    ) async throws(StoreFailure) { throw .closed }

    func record(_ media: [Inbound.Medium], of inbound: Inbound.ID, now: Date) async throws(StoreFailure) {
        failures -= 1
        if failures >= 0 { throw .unavailable("disk full") }
        signal.raise()
    }
}
