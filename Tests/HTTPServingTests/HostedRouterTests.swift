import HTTPServing
import Hummingbird
import Testing

@Suite("A router of its own for some host names", .timeLimit(.minutes(5)))
struct HostedRouterTests {
    @Test(
        "a request goes to the router of the host that it names",
        arguments: [("special.example", "special"), ("special.example:80", "special"), ("other.example", "usual")])
    func host(name: String, answer: String) async throws {
        let listener = Listener(host: "127.0.0.1", port: 0)
        let hosted = HostedRouter(router("special")) { $0.hasPrefix("special.") }

        try await listener.serving(router("usual"), hosted: hosted) { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send("GET /who HTTP/1.1\r\nHost: \(name)\r\n\r\n")

                #expect(try await connection.read(until: "]").hasSuffix(#"["\#(answer)"]"#))
            }
        }
    }

    @Test("two requests on one connection may name two hosts")
    func sameConnection() async throws {
        let listener = Listener(host: "127.0.0.1", port: 0)
        let hosted = HostedRouter(router("special")) { $0 == "special" }

        try await listener.serving(router("usual"), hosted: hosted) { port in
            try await RawConnection.open(to: port) { connection in
                for name in ["special", "usual", "special"] {
                    try await connection.send("GET /who HTTP/1.1\r\nHost: \(name)\r\n\r\n")
                    #expect(try await connection.read(until: "]").hasSuffix(#"["\#(name)"]"#))
                }
            }
        }
    }

    private func router(_ name: String) -> Router<PeerContext> {
        let router = Router(context: PeerContext.self)
        router.get("who") { _, _ in Response(json: [name]) }
        return router
    }
}
