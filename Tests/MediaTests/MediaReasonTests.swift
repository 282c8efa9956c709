import CurlHTTP
import Doubles
import Foundation
import GatewayCore
import Logging
import Testing

@testable import Media

@Suite("Why a batch has no media, as it is kept and shown")
struct MediaReasonTests {
    private let bench: MediaBench

    init() throws {
        bench = try MediaBench()
    }

    @Test("why a batch waits or ends is kept with it, without a word of its address")
    func reasons() async throws {
        let store = MediaStore()
        let peer = try FilePeer(answering: "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")
        defer { peer.stop() }
        let service = try bench.service(store)

        await service.prepare(bench.task(peer.url + "?key=very-secret"))
        await service.prepare(bench.task(peer.url + "?key=very-secret", tries: 3))
        await service.prepare(bench.task(MediaBench.closedPort + "?key=very-secret"))

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
        let service = try bench.service(store, logger: lines.logger)

        await service.prepare(bench.task(peer.url))
        await service.prepare(bench.task(peer.url))

        #expect(lines.all.count == 1)
        #expect(lines.texts.first?.contains("the server answered 404") == true)
    }

    @Test("a batch that ends for another cause is told beside those")
    func otherCause() async throws {
        let peer = try FilePeer(answering: "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        defer { peer.stop() }
        let lines = LogLines(from: .info)
        let service = try bench.service(MediaStore(), logger: lines.logger)

        await service.prepare(bench.task(peer.url))
        await service.prepare(bench.task("http://10.0.0.1/picture.jpg"))

        #expect(lines.all.count == 2)
        #expect(lines.texts.last?.contains("egress.allow") == true)
    }
}
