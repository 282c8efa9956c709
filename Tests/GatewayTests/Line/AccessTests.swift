import CurlHTTP
import Gateway
import Testing

/// Who reaches what, asked of a gateway on loopback.
@Suite("Access to a running gateway", .timeLimit(.minutes(5)))
struct AccessTests {
    @Test("what is the operator's is on the operations port alone")
    func operationsAlone() async throws {
        try await Line.run { line in
            for path in ["/metrics", "/readyz", "/healthz"] {
                for port in [line.ports.customers, line.ports.mm7] {
                    let elsewhere = try await status(of: path, at: port, line)
                    #expect(elsewhere == 404, "\(path)")
                }
                let here = try await status(of: path, at: line.ports.operations, line)
                #expect(here == 200, "\(path)")
            }
        }
    }

    @Test("wrong credentials are counted by listener and kind")
    func counted() async throws {
        try await Line.run { line in
            #expect(
                try await status(of: "/xms/v1/plan1/batches", at: line.ports.customers, line, "Bearer wrong") == 401)
            #expect(try await status(of: "/xms/v1/plan1/batches", at: line.ports.customers, line) == 401)

            let metrics = try await line.metrics()
            #expect(metrics.contains(#"mm7_wrong_credentials_total{kind="bearer",listener="server"} 1"#))
            #expect(metrics.contains(#"mm7_wrong_credentials_total{kind="basic",listener="mm7"} 0"#))
        }
    }

    private func status(of path: String, at port: Int, _ line: Line, _ authorization: String? = nil) async throws -> Int
    {
        var request = HTTPRequest(method: .get, url: "http://127.0.0.1:\(port)\(path)")
        if let authorization { request.headers = ["Authorization": authorization] }
        return try await line.client.send(request).status
    }
}
