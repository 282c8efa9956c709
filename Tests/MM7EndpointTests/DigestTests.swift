import Doubles
import GatewayCore
import HTTPTypes
import Testing

@testable import MM7Endpoint

@Suite("HTTP Digest of MMSCs")
struct DigestTests {
    private static let login = MMSC.Login(username: "north", password: Secret("pass:word"))
    private static let access = CallbackAccess(login: login, authentication: .digest)

    private static func header(
        _ nonce: String, count: String = "00000001", algorithm: DigestAlgorithm = .sha256, uri: String = "/mm7/north",
        username: String = "north", password: String = "pass:word"
    ) throws -> String {
        func header(_ response: String) -> String {
            "Digest username=\"\(username)\", realm=\"mm7\", nonce=\"\(nonce)\", uri=\"\(uri)\", "
                + "algorithm=\(algorithm.rawValue), qop=auth, nc=\(count), cnonce=\"abc\", response=\"\(response)\""
        }
        let login = MMSC.Login(username: username, password: Secret(password))
        let credentials = try #require(DigestCredentials(header("-")))
        return header(credentials.expectedResponse(to: "POST", for: login))
    }

    private static func nonce(in reply: Reply) throws -> String {
        let fields = reply.headers[values: .wwwAuthenticate]
        let mark = try #require(fields.first?.firstRange(of: "nonce=\""))
        return String(try #require(fields.first?[mark.upperBound...].prefix { $0 != "\"" }))
    }

    @Test("the examples of RFC 7616 come out as they stand there", arguments: DigestAlgorithm.allCases)
    func examples(algorithm: DigestAlgorithm) throws {
        let response =
            switch algorithm {
            case .md5: "8ca523f5e9506fed4657c9700eebdbec"
            case .sha256: "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
            }
        let credentials = try #require(
            DigestCredentials(
                """
                Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", \
                algorithm=\(algorithm.rawValue), nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, \
                cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, response="\(response)", \
                opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
                """))

        #expect(credentials.prove(.init(username: "Mufasa", password: Secret("Circle of Life")), to: "GET"))
        #expect(!credentials.prove(.init(username: "Mufasa", password: Secret("Circle of life")), to: "GET"))
        #expect(!credentials.prove(.init(username: "Scar", password: Secret("Circle of Life")), to: "GET"))
    }

    @Test("a post without credentials is challenged in both algorithms, and taken with an answer to either")
    func challenged() async throws {
        try await TestEndpoint(callback: Self.access).serving { poster in
            let body = try Fixture.request("report-standard.xml")
            let first = try await poster.post(body)
            #expect(first.status == 401)
            let fields = first.headers[values: .wwwAuthenticate]
            #expect(fields.count == 2)
            #expect(fields.first?.hasPrefix(#"Digest realm="mm7", qop="auth", algorithm=SHA-256, nonce=""#) == true)
            #expect(fields.last?.contains("algorithm=MD5") == true)
            #expect(fields.allSatisfy { $0.hasSuffix(#"", stale=false, charset=UTF-8"#) })
            let result = first.body
            let wanted = try Fixture.answer("unauthorized")
            #expect(result == wanted)

            let nonce = try Self.nonce(in: first)
            let second = try await poster.post(body, authorization: Self.header(nonce))
            #expect(second.status == 200)
            let third = try await poster.post(
                body, authorization: Self.header(nonce, count: "00000002", algorithm: .md5))
            #expect(third.status == 200)
        }
    }

    @Test("what was overheard is not taken again, and its sender is told to take a new nonce")
    func replayed() async throws {
        try await TestEndpoint(callback: Self.access).serving { poster in
            let body = try Fixture.request("report-standard.xml")
            let header = try Self.header(try Self.nonce(in: try await poster.post(body)))
            let result = try await poster.post(body, authorization: header).status
            #expect(result == 200)

            let again = try await poster.post(body, authorization: header)

            #expect(again.status == 401)
            #expect(again.headers[.wwwAuthenticate]?.contains("stale=true") == true)
        }
    }

    @Test("a nonce is good for the MMSC that asked for it")
    func otherMMSC() async throws {
        try await TestEndpoint(callback: Self.access).serving { poster in
            let body = try Fixture.request("report-standard.xml")
            let nonce = try Self.nonce(in: try await poster.post(body, to: "/mm7/east"))

            let reply = try await poster.post(body, authorization: Self.header(nonce))

            #expect(reply.status == 401)
            #expect(reply.headers[.wwwAuthenticate]?.contains("stale=true") == true)
        }
    }

    @Test("wrong credentials and those for another address get a challenge that is not stale")
    func wrong() async throws {
        try await TestEndpoint(callback: Self.access).serving { poster in
            let body = try Fixture.request("report-standard.xml")
            let nonce = try Self.nonce(in: try await poster.post(body))
            let headers = [
                try Self.header(nonce, username: "south"), try Self.header(nonce, password: "password"),
                try Self.header(nonce, uri: "/mm7/east"), "Basic bm9ydGg6cGFzczp3b3Jk", "Digest", "Digest nc=1", "",
                try Self.header(nonce).replacing("qop=auth", with: "qop=auth-int"),
                try Self.header(nonce).replacing("nc=00000001, ", with: ""),
            ]

            for header in headers {
                let reply = try await poster.post(body, authorization: header)
                #expect(reply.status == 401)
                #expect(reply.headers[.wwwAuthenticate]?.contains("stale=false") == true)
            }
            // None of them has used the nonce up. The address may have a host before it.
            let uri = "https://gateway.example/mm7/north"
            let result = try await poster.post(body, authorization: Self.header(nonce, uri: uri)).status
            #expect(result == 200)
        }
    }
}
