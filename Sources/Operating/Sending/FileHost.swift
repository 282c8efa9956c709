import HTTPServing
import Hummingbird

/// Hosts one file on this machine alone, for the gateway to fetch.
package struct FileHost: Sendable {
    let file: LocalFile
    /// The random path of the file, so that nobody else on this machine can guess the URL.
    private let path: String
    private let fetches: AsyncStream<Void>
    private let fetched: AsyncStream<Void>.Continuation

    package init(_ file: LocalFile) {
        self.file = file
        (fetches, fetched) = AsyncStream.makeStream()
        path = "/\((0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined())/\(file.name)"
    }

    /// Runs the body with the file's URL while the file is there.
    package func serving(_ body: @escaping @Sendable (_ url: String) async throws -> Void) async throws {
        let router = Router(context: PeerContext.self)
        router.get("\(path)") { [file, fetched] _, _ in
            fetched.yield()
            return Response(status: .ok, contentType: file.contentType, bytes: file.bytes)
        }
        try await Listener(host: "127.0.0.1", port: 0).serving(router) { [path] port in
            try await body("http://127.0.0.1:\(port)\(path)")
        }
    }

    /// Whether the file is fetched in time.
    package func isFetched(within timeout: Duration) async -> Bool {
        (try? await withDeadline(timeout) { [fetches] in try await first(of: fetches) }) != nil
    }
}
