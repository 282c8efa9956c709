import CurlHTTP
import Foundation
import GatewayCore
import MM7
import Media
import Testing
import Trust

@testable import Submission

@Suite("A SubmitReq made again for people")
struct WrittenSubmissionTests {
    private let bench: SubmissionBench
    private let mmsc = MMSC(
        name: "north", url: "https://mm7.example.net/mm7/v1?key=k3y", profile: .standard, vaspID: "secret-vasp",
        vasID: "secret-vas", login: MMSC.Login(username: "the-user", password: Secret("the-password")))

    init() throws {
        bench = try SubmissionBench()
    }

    private func written(to numbers: [String] = ["15550100001"], text: String? = "Hello") async throws
        -> WrittenSubmission?
    {
        let (batch, media) = try await bench.batch(text: text)
        let bytes = try await bench.library.bytes(of: media)
        return try WrittenSubmission(
            of: batch, media: [ReadMedium(bytes: bytes, contentType: media.contentType)],
            to: numbers.map { MSISDN(storedDigits: $0) },
            transactionID: "T1", at: mmsc)
    }

    @Test("the envelope is whole, and who we are is masked everywhere")
    func masked() async throws {
        let written = try #require(try await written())

        #expect(written.url == "https://mm7.example.net/mm7/v1?•••")
        #expect(written.envelope.contains("<VASPID>•••</VASPID><VASID>•••</VASID>"), "\(written.envelope)")
        #expect(written.envelope.contains(">T1</"))
        #expect(written.envelope.contains("<Number>15550100001</Number>"))
        #expect(written.envelope.hasSuffix("Envelope>"))
        #expect(written.headers.contains { $0.name == "Authorization" && $0.value == "Basic •••" })
        let all = "\(written)"
        for secret in ["secret-vas", "the-user", "the-password", "k3y"] { #expect(!all.contains(secret)) }
    }

    @Test("Digest is named as what it is, and trust goes with the request alone")
    func digest() async throws {
        var digest = mmsc
        digest.authentication = .digest
        digest.trust = TLSTrust().overridden(authorityFile: "/ca.pem", authorityFolder: nil, minimumVersion: .tls13)
        let (batch, media) = try await bench.batch()
        let content = try BatchContent(
            batch, media: [ReadMedium(bytes: [1], contentType: media.contentType)], profile: digest.profile)
        let recipient = MSISDN(storedDigits: "15550100001")

        let written = try #require(
            try WrittenSubmission(
                of: batch, media: [ReadMedium(bytes: [1], contentType: media.contentType)], to: [recipient],
                transactionID: "T1", at: digest))
        let request = try SubmitRequest(
            try #require(content.request(for: [recipient], at: digest)),
            try #require(try content.encoded(for: recipient, profile: digest.profile)), transactionID: "T1",
            to: digest
        ).http

        #expect(written.headers.contains { $0.name == "Authorization" && $0.value == "Digest •••" })
        #expect(!"\(written)".contains("ca.pem"))
        #expect(request.authentication == .digest)
        #expect(request.trust == digest.trust)
    }

    @Test("the length is that of the request as it is sent")
    func length() async throws {
        let (batch, media) = try await bench.batch()
        let content = try BatchContent(
            batch,
            media: [ReadMedium(bytes: try await bench.library.bytes(of: media), contentType: media.contentType)],
            profile: .standard)
        let to = [MSISDN(storedDigits: "15550100001")]
        let submit = try #require(content.request(for: to, at: mmsc))
        let encoded = try #require(try content.encoded(for: to[0], profile: .standard))
        let sent = try SubmitRequest(submit, encoded, transactionID: "T1", to: mmsc).http

        let written = try #require(try await written())

        let length = written.headers.first { $0.name == "Content-Length" }?.value
        #expect(length == "\(sent.body.reduce(0) { $0 + $1.count })")
    }

    @Test("the other parts are told by their headers and size, a container before its parts")
    func parts() async throws {
        let written = try #require(try await written())

        #expect(written.parts.map(\.depth) == [0, 1, 1, 1])
        #expect(written.parts[0].headers[0].hasPrefix("Content-Type: multipart/related"))
        #expect(written.parts[1].headers[0].hasPrefix("Content-Type: application/smil"))
        #expect(written.parts[2].headers[0] == "Content-Type: image/jpeg")
        #expect(written.parts[2].byteCount == 100)
        #expect(written.parts[3].headers[0] == "Content-Type: text/plain; charset=utf-8")
        #expect(written.parts[3].byteCount == 5)
    }

    @Test("a placeholder without a value for the recipient leaves nothing to send")
    func unmatched() async throws {
        #expect(try await written(text: "Hello ${name}") == nil)
    }

    @Test(
        "an answer is shown without what it repeats of us",
        arguments: [
            ("<VASPID>other</VASPID><a>1</a>", "<VASPID>•••</VASPID><a>1</a>"),
            (
                "<mm7:VASID>x</mm7:VASID><mm7:VASPID>y</mm7:VASPID>",
                "<mm7:VASID>•••</mm7:VASID><mm7:VASPID>•••</mm7:VASPID>"
            ),
            ("no secret-vasp here, the-user", "no ••• here, •••"),
            ("cut at <VASPID>secr", "cut at <VASPID>•••"),
            ("", ""),
        ])
    func answers(_ answer: String, shown: String) {
        #expect(WrittenSubmission.masked(answer: answer, of: mmsc) == shown)
    }
}
