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
final class MediaServiceTests {
    /// Nobody listens there.
    private static let closedPort = "http://127.0.0.1:1/picture.jpg"

    private let now = Date(milliseconds: 1_790_000_000_000)
    private let clock = HastyClock(at: Date(milliseconds: 1_790_000_000_000))
    private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    private let library: MediaLibrary
    private let client: HTTPClient

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        library = try MediaLibrary(dataDirectory: folder.path)
        client = try HTTPClient()
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    private func service(
        _ store: MediaStore, timeout: Duration = .seconds(60), clock: HastyClock? = nil,
        logger: Logger = LogLines().logger
    ) throws -> MediaService {
        let loopback = try #require(IPRange("127.0.0.0/8"))
        return MediaService(
            store: store, library: library,
            fetcher: MediaFetcher(client: client, limits: .init(timeout: timeout, allowed: [loopback])),
            directory: CurrentDirectory(Directory()), ids: ULIDGenerator(), clock: clock ?? self.clock,
            bell: Doorbell(),
            settings: .init(tries: 4, firstDelay: .seconds(5)), logger: logger)
    }

    private func task(
        _ url: String?, isStrict: Bool = false, tries: Int = 0, expiresIn: Duration = .seconds(3600)
    ) -> MediaTask {
        MediaTask(
            batch: ULID(high: 1, low: 0),
            queue: MediaSource(owner: .servicePlan("plan1"), server: WebServer(of: url ?? "")), url: url,
            isStrict: isStrict, tries: tries, expireAt: now + expiresIn)
    }

    @Test("after a temporary failure the batch waits, each time twice as long", arguments: [(0, 5), (1, 10), (2, 20)])
    func temporary(tries: Int, seconds: Int) async throws {
        let store = MediaStore()

        try await service(store).prepare(task(Self.closedPort, tries: tries))

        #expect(await store.calls == [.postponed(until: now + .seconds(seconds))])
    }

    @Test("the last temporary failure ends the batch")
    func lastTry() async throws {
        let store = MediaStore()

        try await service(store).prepare(task(Self.closedPort, tries: 3))

        #expect(await store.calls == [.abandoned(.mediaUnreachable)])
    }

    @Test("no pause reaches beyond the end of the batch")
    func pauseWithinLife() async throws {
        let store = MediaStore()

        try await service(store).prepare(task(Self.closedPort, expiresIn: .seconds(2)))

        #expect(await store.calls == [.postponed(until: now + .seconds(2))])
    }

    @Test("a batch whose time is over ends, but not while the clock is in doubt", arguments: [true, false])
    func expired(isSettled: Bool) async throws {
        let store = MediaStore()
        let service = try service(store, clock: HastyClock(at: now, isSettled: isSettled))

        await service.prepare(task(Self.closedPort, expiresIn: .seconds(-60)))

        let postponed = MediaStore.Call.postponed(until: now + .seconds(10), isTry: false)
        #expect(await store.calls == [isSettled ? .abandoned(.expiredInQueue) : postponed])
        #expect(await store.reasons == [nil], "the clock is nothing of the customer's")
    }

    @Test("a permanent failure ends the batch at the first try")
    func permanent() async throws {
        let store = MediaStore()
        let peer = try FilePeer(answering: "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        defer { peer.stop() }

        try await service(store).prepare(task(peer.url))

        #expect(await store.calls == [.abandoned(.mediaUnreachable)])
    }

    @Test("a batch whose time is over is ended without a download")
    func expired() async throws {
        let store = MediaStore()

        try await service(store).prepare(task(Self.closedPort, expiresIn: .zero))

        #expect(await store.calls == [.abandoned(.expiredInQueue)])
        #expect(client.statistics.requests == 0)
    }

    @Test("the bytes are on the disk before the store hears of them")
    func success() async throws {
        let store = MediaStore(library: library)
        let peer = try FilePeer(serving: Specimen.jpeg(), as: "image/jpeg")
        defer { peer.stop() }

        try await service(store).prepare(task(peer.url))

        #expect(await store.calls.count == 1)
        let media = try #require(await store.recorded)
        #expect(media.contentType == "image/jpeg")
        #expect(await store.bytesAtRecord == Specimen.jpeg())
    }

    @Test("a text that travels alone needs no download")
    func textAlone() async throws {
        let store = MediaStore()

        try await service(store).prepare(task(nil))

        #expect(await store.calls == [.recorded(nil)])
        #expect(client.statistics.requests == 0)
    }

    @Test("strict validation ends a batch whose media breaks a rule, at the first try")
    func strictBroken() async throws {
        let store = MediaStore()
        let peer = try FilePeer(serving: Specimen.jpeg(width: 4032, height: 3024), as: "image/jpeg")
        defer { peer.stop() }

        try await service(store).prepare(task(peer.url, isStrict: true))

        #expect(await store.calls == [.abandoned(.mediaAgainstRules)])
    }

    @Test("strict validation lets media pass that keeps the rules")
    func strictKept() async throws {
        let store = MediaStore()
        let peer = try FilePeer(serving: Specimen.jpeg(), as: "image/jpeg")
        defer { peer.stop() }

        try await service(store).prepare(task(peer.url, isStrict: true))

        #expect(await store.recorded?.contentType == "image/jpeg")
    }

    @Test("a disk that takes nothing for half a minute postpones the batch, even at its last try")
    func diskFailure() async throws {
        let store = MediaStore()
        let peer = try FilePeer(serving: Specimen.jpeg(), as: "image/jpeg")
        defer { peer.stop() }
        try FileManager.default.removeItem(at: folder)

        try await service(store).prepare(task(peer.url, tries: 3))

        #expect(await store.calls == [.postponed(until: now + .seconds(10), isTry: false)])
        #expect(clock.sleeps == Array(repeating: now + .seconds(1), count: 29))
    }

    @Test("what was fetched is kept as soon as the store takes it, without a second download")
    func recordFailsTwice() async throws {
        let store = MediaStore(failingToRecord: .unavailable("disk full"), times: 2)
        let peer = try FilePeer(serving: Specimen.jpeg(), as: "image/jpeg")
        defer { peer.stop() }

        try await service(store).prepare(task(peer.url))

        let calls = await store.calls
        #expect(calls.count == 3 && Set(calls.map { "\($0)" }).count == 1)
        #expect(await store.recorded?.contentType == "image/jpeg")
        #expect(clock.sleeps == Array(repeating: now + .seconds(1), count: 2))
        #expect(client.statistics.requests == 1)
    }

    @Test("a store that does not keep the media for half a minute is told to ask for the batch again later")
    func recordFails() async throws {
        let store = MediaStore(failingToRecord: .unavailable("disk full"))
        let peer = try FilePeer(serving: Specimen.jpeg(), as: "image/jpeg")
        defer { peer.stop() }

        try await service(store).prepare(task(peer.url))

        #expect(await store.calls.count == 31)
        #expect(await store.calls.last == .postponed(until: now + .seconds(10), isTry: false))
        #expect(client.statistics.requests == 1)
    }

    @Test(
        "while the store takes nothing the batch is held, and not fetched again at once",
        arguments: [(0, Duration.seconds(3600)), (3, .seconds(3600)), (0, .zero)])
    func storeFails(tries: Int, expiresIn: Duration) async throws {
        let store = MediaStore(failing: .unavailable("disk full"))

        try await service(store).prepare(task(Self.closedPort, tries: tries, expiresIn: expiresIn))

        #expect(clock.sleeps == Array(repeating: now + .seconds(1), count: 29))
    }

    @Test("why a batch waits or ends is kept with it, without a word of its address")
    func reasons() async throws {
        let store = MediaStore()
        let peer = try FilePeer(answering: "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")
        defer { peer.stop() }
        let service = try service(store)

        await service.prepare(task(peer.url + "?key=very-secret"))
        await service.prepare(task(peer.url + "?key=very-secret", tries: 3))
        await service.prepare(task(Self.closedPort + "?key=very-secret"))

        let reasons = await store.reasons
        #expect(reasons.prefix(2) == ["the server answered 503", "the server answered 503"])
        #expect(reasons.last??.sentence == "no connection to the media server could be made")
        #expect(reasons.last??.words?.description.contains("127.0.0.1") == true)
        #expect(reasons.allSatisfy { !"\(String(describing: $0))".contains("secret") })
    }

    @Test("the operator hears of the first batch that ends by its media, and why, not of each")
    func told() async throws {
        let store = MediaStore()
        let peer = try FilePeer(answering: "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        defer { peer.stop() }
        let lines = LogLines(from: .info)
        let service = try service(store, logger: lines.logger)

        await service.prepare(task(peer.url))
        await service.prepare(task(peer.url))

        #expect(lines.all.count == 1)
        #expect(lines.texts.first?.contains("the server answered 404") == true)
    }

    @Test("a batch that ends for another cause is told beside those")
    func otherCause() async throws {
        let peer = try FilePeer(answering: "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        defer { peer.stop() }
        let lines = LogLines(from: .info)
        let service = try service(MediaStore(), logger: lines.logger)

        await service.prepare(task(peer.url))
        await service.prepare(task("http://10.0.0.1/picture.jpg"))

        #expect(lines.all.count == 2)
        #expect(lines.texts.last?.contains("egress.allow") == true)
    }

    @Test(
        "what a try says of its server", arguments: [(nil as String?, MediaShare.Ending.silent), ("404 No", .answered)])
    func endings(answer: String?, ending: MediaShare.Ending) async throws {
        let store = MediaStore()
        let peer = try FilePeer(answering: answer.map { "HTTP/1.1 \($0)\r\nContent-Length: 0\r\n\r\n" })
        defer { peer.stop() }

        #expect(try await service(store).prepare(task(answer == nil ? nil : peer.url)) == ending)
    }

    @Test("a server that keeps us waiting to the end is one that timed out")
    func timeout() async throws {
        let store = MediaStore()
        let peer = try FilePeer(answering: nil)
        defer { peer.stop() }

        let ending = try await service(store, timeout: .milliseconds(50)).prepare(task(peer.url))

        #expect(ending == .timedOut)
        #expect(await store.calls == [.postponed(until: now + .seconds(5))])
    }

    @Test("a download that is cancelled tells the store nothing")
    func cancelled() async throws {
        let store = MediaStore()
        let peer = try FilePeer(answering: nil)
        defer { peer.stop() }
        let service = try service(store)
        let task = task(peer.url, tries: 3)
        let download = Task { await service.prepare(task) }
        for await _ in peer.connections { break }

        download.cancel()
        _ = await download.value

        #expect(await store.calls.isEmpty)
        #expect(clock.sleeps.isEmpty)
    }
}

/// A store that keeps what it was told of a batch, or fails.
private actor MediaStore: StoreDouble {
    enum Call: Equatable {
        case recorded(StoredMedia?)
        case postponed(until: Date, isTry: Bool = true)
        case abandoned(MessageState.Failure)
    }

    private(set) var calls: [Call] = []
    /// What it was told with those that say why.
    private(set) var reasons: [MediaReason?] = []
    /// What the library had of the media when the store was told.
    private(set) var bytesAtRecord: [UInt8]?
    private let library: MediaLibrary?
    private let failure: StoreFailure?
    private let failureToRecord: StoreFailure?
    private var failuresToRecord: Int

    /// - Parameter times: that recording fails.
    init(
        library: MediaLibrary? = nil, failing failure: StoreFailure? = nil,
        failingToRecord failureToRecord: StoreFailure? = nil, times: Int = .max
    ) {
        self.library = library
        self.failure = failure
        self.failureToRecord = failureToRecord ?? failure
        failuresToRecord = times
    }

    /// The media, if it was the first that the store was told of.
    var recorded: StoredMedia? {
        if case .recorded(let media) = calls.first { media } else { nil }
    }

    func recordMedia(
        _ media: StoredMedia?, number: Int, for batch: Batch.ID, revision: Int, expansion: Expansion, now: Date
    ) async throws(StoreFailure) {
        calls.append(.recorded(media))
        if let failureToRecord, failuresToRecord > 0 {
            failuresToRecord -= 1
            throw failureToRecord
        }
        if let media { bytesAtRecord = try? await library?.bytes(of: media) }
    }

    func postponeMedia(
        of batch: Batch.ID, revision: Int, until: Date, because reason: MediaReason?, isTry: Bool, now: Date
    ) throws(StoreFailure) {
        calls.append(.postponed(until: until, isTry: isTry))
        reasons.append(reason)
        if let failure { throw failure }
    }

    func abandon(
        _ batch: Batch.ID, revision: Int, because failure: MessageState.Failure, reason: MediaReason?,
        expansion: Expansion, now: Date
    ) throws(StoreFailure) {
        calls.append(.abandoned(failure))
        reasons.append(reason)
        if let failure = self.failure { throw failure }
    }
}
