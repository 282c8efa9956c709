import Testing

@testable import CurlHTTP

@Suite("Cancellation and shutdown", .timeLimit(.minutes(5)))
struct LifecycleTests {
    @Test("a cancelled task ends its transfer and the connection under it")
    func cancellation() async throws {
        try await withPeer(script: Script.silence) { server, client in
            let url = server.url()
            let task = Task { try await client.failure(of: .post(url, "x")) }
            _ = await server.events.first { if case .received = $0 { true } else { false } }

            task.cancel()

            let failure = try await task.value
            #expect(failure.kind == .cancelled)
            #expect(failure.requestMayHaveArrived)
            _ = await server.events.first { $0 == .closed(connection: 1) }
        }
    }

    @Test("a task cancelled before it sends sends nothing")
    func cancelledBefore() async throws {
        try await withPeer(script: Script.echo) { server, client in
            let url = server.url()

            let failure = try await Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await client.failure(of: .post(url, "x"))
            }.value

            #expect(failure.kind == .cancelled)
            #expect(!failure.requestMayHaveArrived)
            #expect(server.connections == 0)
        }
    }

    @Test("tasks cancelled at any moment all end once, and the client goes on")
    func cancellationStorm() async throws {
        try await withPeer(script: Script.echo) { server, client in
            let url = server.url()

            await withTaskGroup { group in
                for number in 1...200 {
                    group.addTask {
                        let task = Task { try await client.send(.post(url, "x")) }
                        for _ in 0..<(number % 20) { await Task.yield() }
                        task.cancel()
                        _ = await task.result
                    }
                }
            }

            let response = try await client.send(.post(url, "after"))
            #expect(response.body == Array("after".utf8))
        }
    }

    @Test("shutdown ends what is in flight and refuses what comes later")
    func shutdown() async throws {
        try await withPeer(script: Script.silence) { server, client in
            let url = server.url()
            let task = Task { try await client.failure(of: .post(url, "x")) }
            _ = await server.events.first { if case .received = $0 { true } else { false } }

            async let once: Void = client.shutdown()
            async let twice: Void = client.shutdown()
            _ = await (once, twice)

            let failure = try await task.value
            #expect(failure.kind == .cancelled)
            #expect(failure.requestMayHaveArrived)
            _ = await server.events.first { $0 == .closed(connection: 1) }
            let later = try await client.failure(of: .post(url, "y"))
            #expect(later.kind == .shutDown)
            #expect(!later.requestMayHaveArrived)
            await client.shutdown()
        }
    }

    @Test("a client that nobody holds any more closes its connections")
    func release() async throws {
        let server = try ScriptedServer(Script.echo)
        defer { server.stop() }

        _ = try await HTTPClient().send(.post(server.url(), "x"))

        _ = await server.events.first { $0 == .closed(connection: 1) }
    }
}
