import CurlHTTP
import Doubles
import Foundation
import GatewayCore
import IPRanges
import Testing

@testable import Media

/// Whoever waits for the answer.
private let owner = Owner.servicePlan("plan1")

@Suite("Media looked at while its customer waits", .timeLimit(.minutes(5)))
final class StrictInspectorTests {
    private let client: HTTPClient

    init() throws {
        client = try HTTPClient()
    }

    private func inspector(
        clock: any DomainClock = EndlessClock(), allowing ranges: [String] = ["127.0.0.0/8"], maxLooks: Int = 8
    ) throws -> StrictInspector {
        let allowed = try ranges.map { try #require(IPRange($0)) }
        return StrictInspector(
            fetcher: MediaFetcher(client: client, limits: .init(allowed: allowed)), rules: StrictRules(),
            clock: clock, settings: .init(maxLooks: maxLooks, deadline: .seconds(10)))
    }

    @Test("media that keeps the rules has no fault")
    func kept() async throws {
        let peer = try FilePeer(serving: Specimen.jpeg(), as: "image/jpeg; charset=binary")
        defer { peer.stop() }

        #expect(try await inspector().fault(inMediaAt: peer.url, of: owner) == nil)
    }

    @Test("a broken rule is reported")
    func broken() async throws {
        let peer = try FilePeer(serving: Specimen.jpeg(width: 4032, height: 3024), as: "image/jpeg")
        defer { peer.stop() }

        #expect(
            try await inspector().fault(inMediaAt: peer.url, of: owner)
                == "a JPEG may be at most 1080 x 1920 pixels, upright or lying, this one has 4032 x 3024")
    }

    @Test("a file that is only called octets is refused, though its bytes show what it is")
    func octets() async throws {
        let peer = try FilePeer(serving: Specimen.jpeg(), as: "application/octet-stream")
        defer { peer.stop() }

        let fault = try await inspector().fault(inMediaAt: peer.url, of: owner)

        #expect(fault?.hasSuffix("it is application/octet-stream") == true)
    }

    @Test(
        "what cannot be had for good is a fault",
        arguments: [
            ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "the server answered 404"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", "the answer has no Content-Type header"),
            (
                "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: 2000000\r\n\r\nx",
                "a file may be at most 1 MB, this one is larger"
            ),
        ])
    func permanent(answer: String, fault: String) async throws {
        let peer = try FilePeer(answering: answer)
        defer { peer.stop() }

        #expect(try await inspector().fault(inMediaAt: peer.url, of: owner) == fault)
    }

    @Test("an address that is not public is a fault")
    func refusedAddress() async throws {
        let inspector = try inspector(allowing: [])

        #expect(
            await inspector.fault(inMediaAt: "http://127.0.0.1:1/picture.jpg", of: owner)
                == "the host has to have a public address, this one has none; the operator can list others in egress.allow"
        )
    }

    @Test("a server in trouble, or none, is a fault at once")
    func unreachable() async throws {
        let peer = try FilePeer(answering: "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
        defer { peer.stop() }

        #expect(try await inspector().fault(inMediaAt: peer.url, of: owner) == "the server answered 503")
        #expect(try await inspector().fault(inMediaAt: "http://127.0.0.1:1/picture.jpg", of: owner) != nil)
    }

    @Test("a server that says nothing is left when the time is up")
    func deadline() async throws {
        let peer = try FilePeer(answering: nil)
        defer { peer.stop() }
        let clock = HastyClock(at: Date(milliseconds: 1_790_000_000_000))

        #expect(try await inspector(clock: clock).fault(inMediaAt: peer.url, of: owner) == nil)
        #expect(clock.sleeps == [Date(milliseconds: 1_790_000_010_000)])
    }

    @Test("a download that was ended gives its permit to the next")
    func places() async throws {
        let silent = try FilePeer(answering: nil)
        let peer = try FilePeer(serving: Specimen.jpeg(width: 4032, height: 3024), as: "image/jpeg")
        defer {
            silent.stop()
            peer.stop()
        }
        let inspector = try inspector(maxLooks: 1)
        let first = Task { await inspector.fault(inMediaAt: silent.url, of: owner) }
        for await _ in silent.connections { break }
        let second = Task { await inspector.fault(inMediaAt: peer.url, of: owner) }

        first.cancel()

        #expect(await first.value == nil)
        #expect(await second.value != nil)
    }
}

extension StrictInspectorTests {
    @Test("a server that hangs keeps the requests of no other customer waiting")
    func turns() async throws {
        let silent = try FilePeer(answering: nil)
        let peer = try FilePeer(serving: Specimen.jpeg(width: 4032, height: 3024), as: "image/jpeg")
        defer {
            silent.stop()
            peer.stop()
        }
        let inspector = try inspector(maxLooks: 4)
        let hanging = (0..<8).map { _ in Task { await inspector.fault(inMediaAt: silent.url, of: owner) } }
        var begun = 0
        for await _ in silent.connections {
            begun += 1
            if begun == 2 { break }
        }

        let fault = await inspector.fault(inMediaAt: peer.url, of: .servicePlan("plan2"))

        #expect(fault != nil)
        for look in hanging { look.cancel() }
        for look in hanging { #expect(await look.value == nil) }
    }
}

/// A clock on which time does not pass: a sleep ends only with its task.
private struct EndlessClock: DomainClock {
    func now() -> Date { Date(milliseconds: 1_790_000_000_000) }

    func sleep(until deadline: Date) async throws {
        let (nothing, never) = AsyncStream<Void>.makeStream()
        for await _ in nothing {}
        never.finish()
        throw CancellationError()
    }
}
