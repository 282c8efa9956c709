import Testing

@testable import CurlHTTP

/// Runs the body with a server that follows the script and a client, and ends both.
func withPeer<Result>(
    _ configuration: HTTPClient.Configuration = .init(),
    script: @escaping ScriptedServer.Script,
    _ body: (ScriptedServer, HTTPClient) async throws -> Result
) async throws -> Result {
    let server = try ScriptedServer(script)
    defer { server.stop() }
    let client = try HTTPClient(configuration)
    do {
        let result = try await body(server, client)
        await client.shutdown()
        return result
    } catch {
        await client.shutdown()
        throw error
    }
}

extension HTTPClient {
    /// The status of the answer to a request that is to have one.
    func status(of request: HTTPRequest) async throws -> Int {
        try await self.send(request).status
    }

    /// The failure of a request that is to fail.
    func failure(of request: HTTPRequest) async throws -> HTTPFailure {
        try await #require(throws: HTTPFailure.self) { try await self.send(request) }
    }
}

extension HTTPRequest {
    static func post(_ url: String, _ segments: String...) -> HTTPRequest {
        var request = HTTPRequest(method: .post, url: url)
        request.body = segments.map { Array($0.utf8)[...] }
        return request
    }

    func with(_ change: (inout HTTPRequest) -> Void) -> HTTPRequest {
        var copy = self
        change(&copy)
        return copy
    }
}

/// Scripts that several suites use.
enum Script {
    /// Answers every request with its own body.
    static let echo: ScriptedServer.Script = { connection in
        while let request = connection.receive() {
            connection.answer(body: String(decoding: request.body, as: UTF8.self))
        }
    }

    /// Reads requests and never answers.
    static let silence: ScriptedServer.Script = { connection in
        while connection.receive() != nil {}
    }
}
