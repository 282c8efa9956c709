import Foundation
import HTTPServing
import HTTPTypes
import Hummingbird
import Synchronization

/// An S3 for tests: keeps what it is given, except in the buckets `gone` and `locked`, and answers as S3 does.
package final class TestStorage: Sendable {
    package struct Put: Sendable {
        /// `/{bucket}/{key}`
        package let path: String
        package let body: [UInt8]
        package let contentType: String?
        package let authorization: String?
    }

    private let seen = Mutex<[Put]>([])
    private let kept = Mutex<[String: [UInt8]]>([:])
    private let isHeld: Bool
    private let (comings, coming) = AsyncStream<Put>.makeStream()
    private let (ends, end) = AsyncStream<Void>.makeStream()

    /// - Parameter isHeld: no PUT is answered before the end, as by a storage that hangs.
    package init(isHeld: Bool = false) {
        self.isHeld = isHeld
    }

    /// In the order of their coming.
    package var puts: [Put] { seen.withLock { $0 } }

    /// What is there, by `/{bucket}/{key}`.
    package var objects: [String: [UInt8]] { kept.withLock { $0 } }

    /// The next PUT.
    package func next() async throws -> Put {
        for await put in comings { return put }
        throw CancellationError()
    }

    /// Serves as long as the body runs.
    package func serving<Result: Sendable>(
        _ body: @escaping @Sendable (_ url: String) async throws -> Result
    ) async throws -> Result {
        let router = Router(context: PeerContext.self)
        router.on("**", method: .put) { [self] request, _ in
            let put = Put(
                path: request.uri.path, body: try await request.bytes(upTo: 1 << 24),
                contentType: request.headers[.contentType], authorization: request.headers[.authorization])
            seen.withLock { $0.append(put) }
            coming.yield(put)
            if isHeld { for await _ in ends {} }
            switch put.path.split(separator: "/").first {
            case "gone": return refusal(.notFound, "NoSuchBucket")
            case "locked": return refusal(.forbidden, "SignatureDoesNotMatch")
            default:
                kept.withLock { $0[put.path] = put.body }
                return Response(status: .ok)
            }
        }
        router.on("**", method: .get) { [self] request, _ in
            guard let bytes = objects[request.uri.path] else { return refusal(.notFound, "NoSuchKey") }
            return Response(status: .ok, contentType: "application/octet-stream", bytes: bytes)
        }
        router.on("**", method: .delete) { [self] request, _ in
            kept.withLock { $0[request.uri.path] = nil }
            return Response(status: .noContent)
        }
        return try await Listener(host: "127.0.0.1", port: 0).serving(router) { port in
            defer { self.end.finish() }
            return try await body("http://127.0.0.1:\(port)")
        }
    }

    private func refusal(_ status: HTTPResponse.Status, _ code: String) -> Response {
        Response(
            status: status, contentType: "application/xml",
            bytes: Array("<Error><Code>\(code)</Code><Message>No.</Message></Error>".utf8))
    }
}
