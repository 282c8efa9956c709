import CurlHTTP
import Doubles
import Foundation
import GatewayCore
import IPRanges
import Logging
import Synchronization
import Testing

@testable import Media

@Suite("One try for the media of a batch")
struct MediaServiceTests {
    private let bench: MediaBench
    private let now = MediaBench.now

    init() throws {
        bench = try MediaBench()
    }

    @Test("after a temporary failure the batch waits, each time twice as long", arguments: [(0, 5), (1, 10), (2, 20)])
    func temporary(tries: Int, seconds: Int) async throws {
        let store = MediaStore()

        try await bench.service(store).prepare(bench.task(MediaBench.closedPort, tries: tries))

        #expect(await store.calls == [.postponed(until: now + .seconds(seconds))])
    }

    @Test("the last temporary failure ends the batch")
    func lastTry() async throws {
        let store = MediaStore()

        try await bench.service(store).prepare(bench.task(MediaBench.closedPort, tries: 3))

        #expect(await store.calls == [.abandoned(.mediaUnreachable)])
    }

    @Test("no pause reaches beyond the end of the batch")
    func pauseWithinLife() async throws {
        let store = MediaStore()

        try await bench.service(store).prepare(bench.task(MediaBench.closedPort, expiresIn: .seconds(2)))

        #expect(await store.calls == [.postponed(until: now + .seconds(2))])
    }

    @Test("a batch whose time is over ends, but not while the clock is in doubt", arguments: [true, false])
    func expired(isSettled: Bool) async throws {
        let store = MediaStore()
        let service = try bench.service(store, clock: HastyClock(at: now, isSettled: isSettled))

        await service.prepare(bench.task(MediaBench.closedPort, expiresIn: .seconds(-60)))

        let postponed = MediaStore.Call.postponed(until: now + .seconds(10), isTry: false)
        #expect(await store.calls == [isSettled ? .abandoned(.expiredInQueue) : postponed])
        #expect(await store.reasons == [nil], "the clock is nothing of the customer's")
    }

    @Test("a permanent failure ends the batch at the first try")
    func permanent() async throws {
        let store = MediaStore()
        let peer = try FilePeer(answering: "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        defer { peer.stop() }

        try await bench.service(store).prepare(bench.task(peer.url))

        #expect(await store.calls == [.abandoned(.mediaUnreachable)])
    }

    @Test("a batch whose time is over is ended without a download")
    func expired() async throws {
        let store = MediaStore()

        try await bench.service(store).prepare(bench.task(MediaBench.closedPort, expiresIn: .zero))

        #expect(await store.calls == [.abandoned(.expiredInQueue)])
        #expect(bench.client.statistics.requests == 0)
    }

    @Test("the bytes are on the disk before the store hears of them")
    func success() async throws {
        let store = MediaStore(library: bench.library)
        let peer = try FilePeer(serving: Specimen.jpeg(), as: "image/jpeg")
        defer { peer.stop() }

        try await bench.service(store).prepare(bench.task(peer.url))

        #expect(await store.calls.count == 1)
        let media = try #require(await store.recorded)
        #expect(media.contentType == "image/jpeg")
        #expect(await store.bytesAtRecord == Specimen.jpeg())
    }

    @Test("a text that travels alone needs no download")
    func textAlone() async throws {
        let store = MediaStore()

        try await bench.service(store).prepare(bench.task(nil))

        #expect(await store.calls == [.recorded(nil)])
        #expect(bench.client.statistics.requests == 0)
    }

    @Test("strict validation ends a batch whose media breaks a rule, at the first try")
    func strictBroken() async throws {
        let store = MediaStore()
        let peer = try FilePeer(serving: Specimen.jpeg(width: 4032, height: 3024), as: "image/jpeg")
        defer { peer.stop() }

        try await bench.service(store).prepare(bench.task(peer.url, isStrict: true))

        #expect(await store.calls == [.abandoned(.mediaAgainstRules)])
    }

    @Test("strict validation lets media pass that keeps the rules")
    func strictKept() async throws {
        let store = MediaStore()
        let peer = try FilePeer(serving: Specimen.jpeg(), as: "image/jpeg")
        defer { peer.stop() }

        try await bench.service(store).prepare(bench.task(peer.url, isStrict: true))

        #expect(await store.recorded?.contentType == "image/jpeg")
    }

    @Test(
        "what a try says of its server", arguments: [(nil as String?, MediaShare.Ending.silent), ("404 No", .answered)])
    func endings(answer: String?, ending: MediaShare.Ending) async throws {
        let store = MediaStore()
        let peer = try FilePeer(answering: answer.map { "HTTP/1.1 \($0)\r\nContent-Length: 0\r\n\r\n" })
        defer { peer.stop() }

        #expect(try await bench.service(store).prepare(bench.task(answer == nil ? nil : peer.url)) == ending)
    }

    @Test("a server that keeps us waiting to the end is one that timed out")
    func timeout() async throws {
        let store = MediaStore()
        let peer = try FilePeer(answering: nil)
        defer { peer.stop() }

        let ending = try await bench.service(store, timeout: .milliseconds(50)).prepare(bench.task(peer.url))

        #expect(ending == .timedOut)
        #expect(await store.calls == [.postponed(until: now + .seconds(5))])
    }

    @Test("a download that is cancelled tells the store nothing")
    func cancelled() async throws {
        let store = MediaStore()
        let peer = try FilePeer(answering: nil)
        defer { peer.stop() }
        let service = try bench.service(store)
        let task = bench.task(peer.url, tries: 3)
        let download = Task { await service.prepare(task) }
        for await _ in peer.connections { break }

        download.cancel()
        _ = await download.value

        #expect(await store.calls.isEmpty)
        #expect(bench.clock.sleeps.isEmpty)
    }
}
