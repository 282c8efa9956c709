import HTTPServing
import Hummingbird

/// Hosts files on this machine alone, for the gateway to fetch.
package struct FileHost: Sendable {
    /// Each with its random path, so that nobody else on this machine can guess the URL.
    private let files: [(path: String, file: LocalFile)]
    private let fetches: AsyncStream<Void>
    private let fetched: AsyncStream<Void>.Continuation

    package init(_ files: [LocalFile]) {
        (fetches, fetched) = AsyncStream.makeStream()
        self.files = files.map { file in
            let secret = (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
            return ("/\(secret)/\(file.name)", file)
        }
    }

    /// Runs the body with the files' URLs, in their order, while the files are there.
    package func serving(_ body: @escaping @Sendable (_ urls: [String]) async throws -> Void) async throws {
        let router = Router(context: PeerContext.self)
        for (path, file) in files {
            router.get("\(path)") { [fetched] _, _ in
                fetched.yield()
                return Response(status: .ok, contentType: file.contentType, bytes: file.bytes)
            }
        }
        try await Listener(host: "127.0.0.1", port: 0).serving(router) { [files] port in
            try await body(files.map { "http://127.0.0.1:\(port)\($0.path)" })
        }
    }

    /// Whether each file is fetched once more in time.
    package func areFetched(within timeout: Duration) async -> Bool {
        let fetch = { @Sendable [fetches, count = files.count] in
            for _ in 0..<count { try await first(of: fetches) }
        }
        return (try? await withDeadline(timeout) { try await fetch() }) != nil
    }
}
