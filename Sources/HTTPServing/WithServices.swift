package import Hummingbird
import Logging
package import ServiceLifecycle

/// Runs services as long as the body runs, then stops them gracefully.
///
/// Cancelling an HTTP server instead may leave it with a connection that nobody takes any more, and NIO ends the process
/// for that.
///
/// - Throws: what the body throws, or what ends a service before its time.
package func withServices<Result: Sendable>(
    _ services: [any Service], _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    let silent = Logger(label: "services", factory: { _ in SwiftLogNoOpLogHandler() })
    let services = ServiceGroup(configuration: .init(services: services, logger: silent))
    return try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask {
            try await services.run()
            return nil
        }
        group.addTask {
            let result: Swift.Result<Result, any Error>
            do {
                result = .success(try await body())
            } catch {
                result = .failure(error)
            }
            await services.triggerGracefulShutdown()
            return try result.get()
        }
        var result: Result?
        while let ended = try await group.next() {
            if let ended { result = ended }
        }
        guard let result else { throw CancellationError() }
        return result
    }
}

extension Listener {
    /// Serves the router as long as the body runs.
    ///
    /// - Parameter body: gets the port that was bound.
    package func serving<Result: Sendable>(
        _ router: Router<PeerContext>, hosted: HostedRouter? = nil,
        _ body: @escaping @Sendable (_ port: Int) async throws -> Result
    ) async throws -> Result {
        let (ports, listening) = AsyncStream<Int>.makeStream()
        let silent = Logger(label: "server", factory: { _ in SwiftLogNoOpLogHandler() })
        let server = service(for: router, hosted: hosted, logger: silent) { listening.yield($0) }
        return try await withServices([server]) {
            for await port in ports { return try await body(port) }
            throw CancellationError()
        }
    }
}
