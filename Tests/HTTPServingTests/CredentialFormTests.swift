import HTTPTypes
import Hummingbird
import Synchronization
import Testing

@testable import HTTPServing

@Suite("Wrong credentials")
struct CredentialFormTests {
    @Test(
        "are noted with their form; without any there is nothing to note",
        arguments: [
            ("Basic eA==", HTTPRequest.Method.get, "", CredentialForm.basic), ("bearer x", .post, "", .bearer),
            (#"Digest username="u""#, .post, "text/xml", .digest), ("Negotiate abc", .get, "", .other),
            ("", .post, "application/x-www-form-urlencoded; charset=utf-8", .clientSecret),
            ("", .post, "text/xml", nil), ("", .get, "", nil),
        ] as [(String, HTTPRequest.Method, String, CredentialForm?)])
    func noted(_ authorization: String, _ method: HTTPRequest.Method, _ type: String, _ form: CredentialForm?)
        async throws
    {
        let notes = try await notes(of: authorization, method, type, challenge: "Bearer")

        #expect(notes == [form].compactMap(\.self))
    }

    @Test(
        "are not those of an access token that expired, nor of a nonce that did",
        arguments: [
            #"Bearer error="invalid_token", error_description="the access token expired""#,
            #"Digest realm="mm7", nonce="n", stale=true"#,
        ])
    func expired(_ challenge: String) async throws {
        #expect(try await notes(of: "Bearer x", .get, "", challenge: challenge) == [])
    }

    private func notes(
        of authorization: String, _ method: HTTPRequest.Method, _ type: String, challenge: String
    ) async throws -> [CredentialForm] {
        let router = Router(context: PeerContext.self)
        router.on("private", method: method) { _, _ in
            Response(status: .unauthorized, headers: [.wwwAuthenticate: challenge])
        }
        let noted = Noted()
        var listener = Listener(host: "127.0.0.1", port: 0)
        listener.onWrongCredentials = { form, _ in noted.append(form) }
        let fields = [("Authorization", authorization), ("Content-Type", type)].filter { !$0.1.isEmpty }
            .map { "\($0): \($1)\r\n" }.joined()
        try await listener.serving(router) { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send(
                    "\(method) /private HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\(fields)\r\n")
                #expect(try await connection.read(until: "}").hasPrefix("HTTP/1.1 401 Unauthorized\r\n"))
            }
        }
        return noted.all
    }
}

/// What the listener was called with.
private final class Noted: Sendable {
    private let forms = Mutex<[CredentialForm]>([])

    var all: [CredentialForm] { forms.withLock { $0 } }

    func append(_ form: CredentialForm) { forms.withLock { $0.append(form) } }
}
