import CurlHTTP
import Doubles
import Foundation
import GatewayCore
import Testing

@testable import Media

@Suite("The media of a batch while the disk or the store takes nothing")
struct MediaOutageTests {
    private let bench: MediaBench
    private let now = MediaBench.now

    init() throws {
        bench = try MediaBench()
    }

    @Test("a disk that takes nothing for half a minute postpones the batch, even at its last try")
    func diskFailure() async throws {
        let store = MediaStore()
        let peer = try FilePeer(serving: Specimen.jpeg(), as: "image/jpeg")
        defer { peer.stop() }
        try FileManager.default.removeItem(at: bench.folder)

        try await bench.service(store).prepare(bench.task(peer.url, tries: 3))

        #expect(await store.calls == [.postponed(until: now + .seconds(10), isTry: false)])
        #expect(bench.clock.sleeps == Array(repeating: now + .seconds(1), count: 29))
    }

    @Test("what was fetched is kept as soon as the store takes it, without a second download")
    func recordFailsTwice() async throws {
        let store = MediaStore(failingToRecord: .unavailable("disk full"), times: 2)
        let peer = try FilePeer(serving: Specimen.jpeg(), as: "image/jpeg")
        defer { peer.stop() }

        try await bench.service(store).prepare(bench.task(peer.url))

        let calls = await store.calls
        #expect(calls.count == 3 && Set(calls.map { "\($0)" }).count == 1)
        #expect(await store.recorded?.contentType == "image/jpeg")
        #expect(bench.clock.sleeps == Array(repeating: now + .seconds(1), count: 2))
        #expect(bench.client.statistics.requests == 1)
    }

    @Test("a store that does not keep the media for half a minute is told to ask for the batch again later")
    func recordFails() async throws {
        let store = MediaStore(failingToRecord: .unavailable("disk full"))
        let peer = try FilePeer(serving: Specimen.jpeg(), as: "image/jpeg")
        defer { peer.stop() }

        try await bench.service(store).prepare(bench.task(peer.url))

        #expect(await store.calls.count == 31)
        #expect(await store.calls.last == .postponed(until: now + .seconds(10), isTry: false))
        #expect(bench.client.statistics.requests == 1)
    }

    @Test(
        "while the store takes nothing the batch is held, and not fetched again at once",
        arguments: [(0, Duration.seconds(3600)), (3, .seconds(3600)), (0, .zero)])
    func storeFails(tries: Int, expiresIn: Duration) async throws {
        let store = MediaStore(failing: .unavailable("disk full"))

        try await bench.service(store).prepare(bench.task(MediaBench.closedPort, tries: tries, expiresIn: expiresIn))

        #expect(bench.clock.sleeps == Array(repeating: now + .seconds(1), count: 29))
    }
}
