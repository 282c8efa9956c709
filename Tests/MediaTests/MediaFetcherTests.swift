import CurlHTTP
import GatewayCore
import IPRanges
import Telemetry
import Testing

@testable import Media

@Suite("What counts as media that can be sent")
struct MediaFetcherTests {
    private static let jpeg = Specimen.jpeg()

    private func judge(_ status: Int, _ type: String?, _ body: [UInt8] = jpeg) -> Result<
        MediaFetcher.Fetched, FetchFailure
    > {
        var headers: HTTPHeaders = []
        if let type { headers.append(name: "Content-Type", value: type) }
        return Result { () throws(FetchFailure) in
            try MediaFetcher.judge(HTTPResponse(status: status, headers: headers, body: body))
        }
    }

    @Test(
        "a type with parameters and in any case is its plain form",
        arguments: [
            ("image/jpeg", "image/jpeg"), ("Image/JPEG; charset=binary", "image/jpeg"),
        ])
    func types(declared: String, expected: String) throws {
        #expect(try judge(200, declared).get().contentType == expected)
    }

    @Test("a file that is only called octets is known by its first bytes")
    func octets() throws {
        let fetched = try judge(200, "application/octet-stream").get()

        #expect(fetched.contentType == "image/jpeg")
        #expect(fetched.declaredType == "application/octet-stream")
        #expect(
            judge(200, "application/octet-stream", Array("#!/bin/sh".utf8))
                == .failure(
                    FetchFailure(
                        .permanent, about: .type,
                        "a message cannot carry application/octet-stream, and the content is plain text")))
    }

    @Test(
        "what cannot be sent is refused for good",
        arguments: [
            (200, nil, .noType, "the answer has no Content-Type header"),
            (200, "jpeg", .noType, "the Content-Type is not of the form type/subtype"),
            (404, "image/jpeg", .status, "the server answered 404"),
            (301, "image/jpeg", .status, "the server answered 301"),
        ] as [(Int, String?, FetchFailure.Cause, String)])
    func refused(status: Int, type: String?, cause: FetchFailure.Cause, reason: String) {
        #expect(judge(status, type) == .failure(FetchFailure(.permanent, about: cause, reason)))
    }

    @Test("an empty file is refused")
    func empty() {
        #expect(judge(200, "image/png", []) == .failure(FetchFailure(.permanent, about: .damage, "the file is empty")))
    }

    @Test("a server in trouble is asked again", arguments: [408, 429, 500, 503])
    func temporary(status: Int) {
        #expect(
            judge(status, "image/jpeg")
                == .failure(FetchFailure(.temporary, about: .status, "the server answered \(status)")))
    }

    @Test("a failure for good is put in words for the customer")
    func words() {
        func failure(_ kind: HTTPFailure.Kind) -> FetchFailure {
            FetchFailure(HTTPFailure(kind: kind, requestMayHaveArrived: false, message: "SSL routines::its own"))
        }
        func told(_ failure: FetchFailure) -> FetchFailure {
            var failure = failure
            failure.words = "SSL routines::its own"
            return failure
        }

        #expect(
            failure(.refusedAddress)
                == told(
                    FetchFailure(
                        .permanent, about: .address,
                        "the host has to have a public address, this one has none; the operator can list others in egress.allow"
                    )))
        #expect(
            failure(.responseTooLarge(limitBytes: 1_000_000))
                == told(FetchFailure(.permanent, about: .size, "a file may be at most 1 MB, this one is larger")))
        #expect(
            failure(.timedOut)
                == told(
                    FetchFailure(
                        .temporary, about: .connection, "the media server did not answer in time", isTimeout: true)))
        #expect(
            failure(.certificate)
                == told(
                    FetchFailure(
                        .temporary, about: .connection,
                        "the certificate of the media server could not be verified")))
        #expect(
            failure(.certificate).account
                == "the certificate of the media server could not be verified: SSL routines::its own")
    }

    @Test("downloads are counted by what came of them")
    func metrics() async throws {
        let prometheus = Prometheus(Metric.descriptions)
        let client = try HTTPClient()
        let loopback = try #require(IPRange("127.0.0.0/8"))
        let fetcher = MediaFetcher(
            client: client, limits: .init(allowed: [loopback]), telemetry: Telemetry(prometheus))
        let peer = try FilePeer(serving: Self.jpeg, as: "image/jpeg")
        defer { peer.stop() }
        let wrong = try FilePeer(serving: Array("<html>".utf8), as: "text/html")
        defer { wrong.stop() }

        for url in [peer.url, wrong.url, wrong.url, "http://127.0.0.1:1/picture.jpg"] {
            _ = try? await fetcher.fetch(url)
        }
        await client.shutdown()

        let counts = prometheus.render().split(separator: "\n").filter { $0.hasPrefix("mm7_media_fetches_total{") }
        #expect(
            counts == [
                #"mm7_media_fetches_total{outcome="failed"} 1"#, #"mm7_media_fetches_total{outcome="fetched"} 1"#,
                #"mm7_media_fetches_total{outcome="refused"} 2"#,
            ])
    }

    @Test("first bytes tell pictures and films apart")
    func firstBytes() {
        func shown(_ bytes: [UInt8]) -> String? { MediaFormat(startOf: bytes)?.contentTypes.first }

        #expect(shown(Self.jpeg) == "image/jpeg")
        #expect(shown([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) == "image/png")
        #expect(shown(Array("GIF89a".utf8)) == "image/gif")
        #expect(shown([0, 0, 0, 24] + Array("ftypisom".utf8)) == "video/mp4")
        #expect(shown([0, 0, 0, 24] + Array("ftypqt  ".utf8)) == "video/quicktime")
        #expect(shown([0, 0, 0, 24] + Array("ftyp3gp5".utf8)) == "video/3gpp")
        #expect(shown([0, 0, 0, 24] + Array("ftypheic".utf8)) == nil)
        #expect(shown([]) == nil)
    }
}
