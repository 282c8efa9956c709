import HTTPServing
import Hummingbird
import MM7
import Synchronization

/// The other side: takes reports, and answers them as it was told, the last word for all that follow.
final class TestVASP: Sendable {
    struct Received: Sendable {
        var envelope: Envelope
        var authorization: String?
    }

    private let words: Mutex<[StatusCode]>
    private let posts = Mutex<[Received]>([])

    init(answering words: [StatusCode] = [.success]) {
        self.words = Mutex(words)
    }

    var received: [Received] { posts.withLock { $0 } }
    var reported: [DeliveryReportReq] {
        received.compactMap { received in
            guard case .deliveryReportReq(let report) = received.envelope.body else { return nil }
            return report
        }
    }
    var statuses: [MMStatus] { reported.map(\.mmStatus) }

    /// Serves as long as the body runs.
    func serving<Result: Sendable>(
        _ body: @escaping @Sendable (_ url: String) async throws -> Result
    ) async throws -> Result {
        let router = Router(context: PeerContext.self)
        router.post("/reports") { request, _ in try await self.answer(request) }
        return try await Listener(host: "127.0.0.1", port: 0).serving(router) { port in
            try await body("http://127.0.0.1:\(port)/reports")
        }
    }

    private func answer(_ request: Request) async throws -> Response {
        let bytes = try await request.bytes(upTo: 1 << 20)
        let envelope = try MessageReader().read(bytes, contentType: request.headers[.contentType]).envelope
        posts.withLock { $0.append(Received(envelope: envelope, authorization: request.headers[.authorization])) }
        let word = words.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
        let answer = envelope.answer(.deliveryReportRsp(DeliveryReportRsp(status: ResponseStatus(word))))
        let encoded = try MessageWriter(profile: .standard).write(answer)
        return Response(status: .ok, contentType: encoded.contentType, bytes: encoded.segments.joined())
    }
}
