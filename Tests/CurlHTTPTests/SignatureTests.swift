import Crypto
import Testing

@testable import CurlHTTP

@Suite("AWS signatures", .timeLimit(.minutes(5)))
struct SignatureTests {
    @Test("a signed upload has the signature that the canonical request calls for, over fields that were all sent")
    func signs() async throws {
        try await withPeer(script: Script.echo) { server, client in
            let request = Self.upload(to: server.url("/bucket/mms/2026/11/21/0af~-_./picture.jpg"))

            let response = try await client.send(request)

            let received = try #require(server.requests.first)
            let claim = try #require(Claim(received.header("Authorization") ?? ""))
            #expect(response.status == 200 && received.body == Array("first second".utf8))
            #expect(received.head.first?.hasPrefix("PUT /bucket/mms/2026/11/21/0af~-_./picture.jpg ") == true)
            #expect(claim.signedHeaders == ["content-type", "host", "x-amz-content-sha256", "x-amz-date"])
            #expect(claim.credential.hasPrefix("AKID/") && claim.credential.hasSuffix("/eu-central-1/s3/aws4_request"))
            let isRight = try claim.signature == Self.signature(of: received, claim, secret: "se/cret+")
            #expect(isRight, "libcurl's signature is not the one of the canonical request")
        }
    }

    @Test("no field is signed that is not sent, and Expect is left to libcurl")
    func unsignedFields() async throws {
        try await withPeer(script: Script.echo) { server, client in
            _ = try await client.send(Self.upload(to: server.url()))

            let received = try #require(server.requests.first)
            let claim = try #require(Claim(received.header("Authorization") ?? ""))
            #expect(claim.signedHeaders.filter { received.header($0) == nil } == [])
            #expect(received.header("Expect") == "100-continue")
        }
    }

    @Test("a handle that has signed does not sign the next request")
    func forgets() async throws {
        try await withPeer(script: Script.echo) { server, client in
            _ = try await client.send(Self.upload(to: server.url()))
            _ = try await client.send(.post(server.url(), "plain"))

            #expect(server.requests.last?.header("Authorization") == nil)
            #expect(server.requests.last?.header("X-Amz-Date") == nil)
            #expect(server.requests.last?.header("Expect") == nil)
        }
    }

    @Test(
        "what cannot be signed is refused before anything is sent",
        arguments: [
            { $0.signature?.region = "" }, { $0.signature?.region = "eu:s3" }, { $0.signature?.service = "s 3" },
            { $0.signature?.accessKeyID = "AK/ID" }, { $0.signature?.accessKeyID = "AK\r\nX: y" },
            { $0.signature?.secretAccessKey = "" }, { $0.signature?.secretAccessKey = "a\nb" },
            { $0.headers.append(name: "X-Empty", value: "") },
            { $0.credentials = BasicCredentials(username: "u", password: "p") },
        ] as [@Sendable (inout HTTPRequest) -> Void])
    func refuses(change: @Sendable (inout HTTPRequest) -> Void) async throws {
        let client = try HTTPClient()

        let failure = try await client.failure(of: Self.upload(to: "http://127.0.0.1:1/").with(change))

        #expect(failure.kind == .invalidRequest && !failure.requestMayHaveArrived)
        await client.shutdown()
    }

    @Test("the keys are in no description")
    func masks() {
        var text = ""
        dump(Self.upload(to: "http://host/").signature, to: &text)

        #expect(!text.contains("AKID") && !text.contains("se/cret+"))
    }

    private static func upload(to url: String) -> HTTPRequest {
        HTTPRequest(method: .put, url: url).with {
            $0.headers = [
                "Content-Type": "image/jpeg",
                "X-Amz-Content-Sha256": hexadecimal(SHA256.hash(data: Array("first second".utf8))),
            ]
            $0.body = [Array("first ".utf8)[...], Array("second".utf8)[...]]
            $0.signature = AWSSignature(
                region: "eu-central-1", service: "s3", accessKeyID: "AKID", secretAccessKey: "se/cret+")
        }
    }

    /// The signature that the request, as it arrived, should have: AWS Signature Version 4, from its description.
    private static func signature(
        of request: ScriptedServer.Request, _ claim: Claim, secret: String
    ) throws -> String {
        let path = request.head[0].split(separator: " ")[1]
        let fields = try claim.signedHeaders.map { name in "\(name):\(try #require(request.header(name)))\n" }
        let canonical = """
            PUT
            \(path)

            \(fields.joined())
            \(claim.signedHeaders.joined(separator: ";"))
            \(hexadecimal(SHA256.hash(data: request.body)))
            """
        let scope = claim.credential.split(separator: "/").dropFirst().map(String.init)
        let toSign = """
            AWS4-HMAC-SHA256
            \(try #require(request.header("X-Amz-Date")))
            \(scope.joined(separator: "/"))
            \(hexadecimal(SHA256.hash(data: Array(canonical.utf8))))
            """
        let key = scope.reduce(Array("AWS4\(secret)".utf8)) { key, word in authenticationCode(of: word, key) }
        return hexadecimal(authenticationCode(of: toSign, key))
    }

    private static func authenticationCode(of text: String, _ key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key)))
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// What an `Authorization` field says.
    private struct Claim {
        let credential: String
        let signedHeaders: [String]
        let signature: String

        init?(_ field: String) {
            let parts = field.split(separator: " ").map { $0.split(separator: "=", maxSplits: 1).last ?? "" }
                .map { String($0.prefix { $0 != "," }) }
            guard parts.count == 4, parts[0] == "AWS4-HMAC-SHA256" else { return nil }
            (credential, signature) = (parts[1], parts[3])
            signedHeaders = parts[2].split(separator: ";").map(String.init)
        }
    }
}
