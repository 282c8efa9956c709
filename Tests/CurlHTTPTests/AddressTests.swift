import IPRanges
import Testing

@testable import CurlHTTP

@Suite("Addresses", .timeLimit(.minutes(5)))
struct AddressTests {
    @Test("an address listed is permitted")
    func allowed() throws {
        let policy = try AddressPolicy.publicOnly(allowing: [#require(IPRange("127.0.0.0/8"))])

        #expect(policy.permits(address: "127.0.0.1"))
        #expect(policy.permits(address: "::ffff:127.0.0.1"))
        #expect(!policy.permits(address: "10.0.0.1"))
    }

    @Test("no connection is made to a refused address", arguments: ["127.0.0.1", "localhost", "2130706433", "0x7f.1"])
    func refused(host: String) async throws {
        try await withPeer(script: Script.echo) { server, client in
            let request = HTTPRequest.post(server.url(host: host), "x").with {
                $0.addressPolicy = .publicOnly(allowing: [])
            }

            let failure = try await client.failure(of: request)

            #expect(failure.kind == .refusedAddress)
            #expect(!failure.requestMayHaveArrived)
            #expect(server.connections == 0)
        }
    }

    @Test("a connection kept by a request with another policy is refused as well")
    func keptConnection() async throws {
        try await withPeer(script: Script.echo) { server, client in
            let request = HTTPRequest.post(server.url(), "x")
            _ = try await client.send(request)

            let failure = try await client.failure(of: request.with { $0.addressPolicy = .publicOnly(allowing: []) })

            #expect(failure.kind == .refusedAddress)
            #expect(!failure.requestMayHaveArrived)
            #expect(server.requests.count == 1)
        }
    }

    @Test("a redirect from a permitted to a refused address is refused")
    func redirected() async throws {
        let inner = try ScriptedServer(address: "127.0.0.2", Script.echo)
        defer { inner.stop() }
        let script: ScriptedServer.Script = { connection in
            connection.receive()
            connection.answer("302 Found", "Location: \(inner.url())")
        }
        try await withPeer(script: script) { server, client in
            let permitted = try #require(IPRange("127.0.0.1"))
            let request = HTTPRequest(method: .get, url: server.url()).with {
                $0.addressPolicy = .publicOnly(allowing: [permitted])
                $0.maxRedirects = 3
            }

            let failure = try await client.failure(of: request)

            #expect(failure.kind == .refusedAddress)
            #expect(failure.requestMayHaveArrived)
            #expect(server.requests.count == 1)
            #expect(inner.connections == 0)
        }
    }
}
