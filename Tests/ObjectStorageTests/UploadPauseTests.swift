import CurlHTTP
import Doubles
import Foundation
import GatewayCore
import SQLStore
import SQLiteStore
import Synchronization
import Testing

@testable import ObjectStorage

@Suite("Uploads to a storage that is away for a while", .timeLimit(.minutes(2)))
struct UploadPauseTests {
    @Test(
        "the pauses make up the whole time",
        arguments: [
            (0, []), (20, [20]), (30, [30]), (900, [30, 120, 600, 150]), (1350, [30, 120, 600, 600]),
        ])
    func pauses(total: Int, expected: [Int]) {
        let pauses = UploadPauses(total: .seconds(total))

        let all = (0...expected.count).map { pauses.pause(afterTries: $0) }

        #expect(all == expected.map { .seconds($0) } + [nil])
    }

    @Test("a storage that comes back gets the files, and the customer is notified once, of links")
    func comesBack() async throws {
        let status = Mutex(503)
        let storage = ScriptedStorage { _ in status.withLock { $0 } }
        try await Scene.run(storage) { scene in
            try await scene.receive("cake")
            for (index, pause) in [30, 120, 600].enumerated() {
                try await scene.postponed(index + 1)
                #expect(storage.requests.count == 3 + index)
                scene.pass(.seconds(pause - 10))
                if index == 2 { status.withLock { $0 = 200 } }
                scene.pass(.seconds(10))
            }

            let told = try await scene.told()

            #expect(told.media.map(\.url) == [storage.requests.last?.url] && told.media[0].code == 0)
            #expect(storage.requests.count == 6 && Set(storage.requests.map(\.url)).count == 1)
            #expect(try await scene.store.nextCallDue() == .distantFuture)
            #expect(scene.log.texts.first?.contains("again_after_seconds=30 ") == true, "\(scene.log.texts)")
            #expect(scene.log.texts.count { $0.contains("again ") } <= 2)
        }
    }

    @Test("a storage that stays away is code 1 when the pauses are used up, and the file is not lost")
    func staysAway() async throws {
        let storage = ScriptedStorage { (_) async throws(HTTPFailure) in
            throw HTTPFailure(kind: .timedOut, requestMayHaveArrived: true, message: "no answer")
        }
        try await Scene.run(storage) { scene in
            let inbound = try await scene.receive("cake", "bread")
            for (index, pause) in [30, 120, 600, 150].enumerated() {
                try await scene.postponed(index + 1)
                #expect(try await scene.store.nextCallDue() == nil)
                scene.pass(.seconds(pause))
            }

            let told = try await scene.told()

            #expect(told.media == inbound.media.map { $0.failed(code: 1) })
            // One file a round: three quick tries, then one each.
            #expect(storage.requests.count == 7)
            #expect(scene.metrics().contains(#"mm7_uploads_total{outcome="failed"} 2"#))
        }
    }

    @Test("it is looked for at the end of a pause and not later")
    func inTime() async throws {
        try await Scene.run(ScriptedStorage { _ in 503 }) { scene in
            try await scene.receive("cake")
            try await scene.postponed(1)

            scene.pass(.seconds(22))

            await scene.clock.wait(forSleepUntil: .start + .seconds(30))
        }
    }

    @Test("without a time for it the first round is the last")
    func noPauses() async throws {
        try await Scene.run(ScriptedStorage { _ in 503 }, pauses: UploadPauses(total: .zero)) { scene in
            let inbound = try await scene.receive("cake", "bread")

            #expect(try await scene.told().media == inbound.media.map { $0.failed(code: 1) })
            #expect(scene.storage.requests.count == 3)
        }
    }

    @Test(
        "a round ends with the first file that meets a failure, and the next begins with another; what is up stays up")
    func rounds() async throws {
        let storage = ScriptedStorage { $0.bytes == Array("cake".utf8) ? 500 : 200 }
        try await Scene.run(storage) { scene in
            let inbound = try await scene.receive("tea", "cake", "bread")
            for (index, pause) in [30, 120, 600, 150].enumerated() {
                try await scene.postponed(index + 1)
                if index == 0 {
                    #expect(
                        storage.requests.map(\.bytes) == [Array("tea".utf8)]
                            + Array(repeating: Array("cake".utf8), count: 3))
                    let listed = try await scene.store.inbound(inbound.id, of: .servicePlan("p"))
                    #expect(
                        listed?.media == [inbound.media[0].uploaded(to: storage.requests[0].url)] + inbound.media[1...])
                }
                scene.pass(.seconds(pause))
            }

            let told = try await scene.told()

            #expect(told.media.map(\.code) == [0, 1, 0] && told.media[1].file == inbound.media[1].file)
            #expect(storage.requests.count { $0.bytes == Array("tea".utf8) } == 1)
            #expect(storage.requests.count { $0.bytes == Array("bread".utf8) } == 1)
        }
    }

    @Test(
        "what waits has no permit: another customer's uploads have all that is theirs, and the one in doubt one permit")
    func places() async throws {
        let gate = Gate()
        let isGated = Mutex(false)
        let storage = ScriptedStorage { (request) async throws(HTTPFailure) in
            guard request.url.contains("/dead/") else { return 200 }
            if isGated.withLock({ $0 }) { try await gate.pass() }
            return 503
        }
        try await Scene.run(storage, maxInFlight: 2) { scene in
            for _ in 0..<3 { try await scene.receive("cake", of: "dead") }
            try await scene.postponed(3)
            // The first had three tries; since then there is doubt.
            #expect(storage.requests.count == 5)
            for _ in 0..<4 { try await scene.receive("bread") }
            for _ in 0..<4 { #expect(try await scene.told().owner == .servicePlan("p")) }

            isGated.withLock { $0 = true }
            scene.pass(.seconds(30))
            await storage.wait(for: 10)
            for _ in 0..<4 { try await scene.receive("bread") }
            for _ in 0..<4 { #expect(try await scene.told().owner == .servicePlan("p")) }

            #expect(storage.requests.count { $0.url.contains("/dead/") } == 6)
            gate.letPass()
        }
    }

    @Test("a storage that failed has one permit until it takes something")
    func doubt() async throws {
        let status = Mutex(503)
        let gate = Gate()
        let storage = ScriptedStorage { (_) async throws(HTTPFailure) in
            let answer = status.withLock { $0 }
            if answer == 200 { try await gate.pass() }
            return answer
        }
        try await Scene.run(storage, maxInFlight: 8) { scene in
            for _ in 0..<6 { try await scene.receive("cake") }
            try await scene.postponed(6)
            let before = storage.requests.count
            status.withLock { $0 = 200 }
            scene.pass(.seconds(30))
            await storage.wait(for: before + 1)
            #expect(storage.requests.count == before + 1)

            gate.letPass()

            for _ in 0..<6 { #expect(try await scene.told().media.allSatisfy { $0.url != nil }) }
            #expect(storage.requests.count == before + 6)
            #expect(scene.log.texts.contains { $0.contains("again") })
        }
    }

    @Test("a stop in a pause loses nothing: the next start tries at once, under the same key")
    func restart() async throws {
        try await withFolder { folder in
            let away = ScriptedStorage { _ in 503 }
            try await Scene.run(away, in: folder) { scene in
                try await scene.receive("cake")
                try await scene.postponed(1)
            }
            let back = ScriptedStorage()
            try await Scene.run(back, in: folder) { scene in
                let told = try await scene.told()

                #expect(told.media.map(\.url) == back.requests.map(\.url) && back.requests.count == 1)
                #expect(back.requests[0].url == away.requests[0].url)
            }
        }
    }

    @Test("a bucket or a key that is wrong is decided at once", arguments: [404, 403])
    func decided(status: Int) async throws {
        try await Scene.run(ScriptedStorage { _ in status }) { scene in
            try await scene.receive("cake")

            #expect(try await scene.told().media.map(\.code) == [status == 404 ? 2 : 3])
            #expect(scene.storage.requests.count == 1)
        }
    }
}

extension HTTPRequest {
    fileprivate var bytes: [UInt8] { body.flatMap { $0 } }
}
