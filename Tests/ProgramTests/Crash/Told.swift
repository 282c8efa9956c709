import Bench
import Foundation
import HTTPServing
import Hummingbird
import Synchronization
import TestPeers

/// The customer's side of the account: a picture to fetch, and what each webhook call told of each message.
final class Told: Sendable {
    /// A message as customers know it.
    struct Name: Hashable, Sendable {
        var batch: String
        var recipient: String
    }

    private struct Call: Decodable {
        var batch: String
        var recipient: String
        var status: String

        enum CodingKeys: String, CodingKey {
            case batch = "batch_id"
            case recipient, status
        }
    }

    private struct State {
        /// How often each status was told, by message.
        var words: [Name: [String: Int]] = [:]
        var calls = 0
        var unreadable: [String] = []
    }

    private let state = Mutex(State())
    private let bell = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    private static let picture = SamplePicture.jpeg(byteCount: 5000)

    /// How often each status was told of a message.
    func words(on name: Name) -> [String: Int] { state.withLock { $0.words[name] ?? [:] } }

    /// Messages of which something was told.
    var names: Set<Name> { state.withLock { Set($0.words.keys) } }

    /// Webhook calls so far, and those that nobody can read.
    var calls: (count: Int, unreadable: [String]) { state.withLock { ($0.calls, $0.unreadable) } }

    /// Returns when so many messages have been told of, or throws and says how many it were by then.
    func wait(for count: Int, within limit: Duration) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [self] in
                var rings = bell.stream.makeAsyncIterator()
                while state.withLock({ $0.words.count }) < count {
                    guard await rings.next() != nil else { throw CancellationError() }
                }
            }
            group.addTask { [self] in
                try await Task.sleep(for: limit)
                let told = state.withLock { $0.words.count }
                throw Unexpected("after \(limit) the customer was told of \(told) messages, and not of \(count)")
            }
            try await group.next()
            group.cancelAll()
        }
    }

    /// Serves as long as the body runs.
    func serving<Result: Sendable>(
        _ body: @escaping @Sendable (_ url: String) async throws -> Result
    ) async throws -> Result {
        let router = Router(context: PeerContext.self)
        router.get("/picture.jpg") { _, _ in
            Response(status: .ok, contentType: "image/jpeg", bytes: Self.picture)
        }
        router.post("/webhook") { [self] request, _ in
            note(Data(try await request.bytes(upTo: 1 << 20)))
            return Response(status: .ok)
        }
        return try await Listener(host: "127.0.0.1", port: 0).serving(router) { port in
            try await body("http://127.0.0.1:\(port)")
        }
    }

    /// Takes one call.
    func note(_ body: Data) {
        state.withLock { state in
            state.calls += 1
            do {
                let call = try JSONDecoder().decode(Call.self, from: body)
                state.words[Name(batch: call.batch, recipient: call.recipient), default: [:]][
                    call.status, default: 0] += 1
            } catch {
                state.unreadable.append(String(decoding: body, as: UTF8.self))
            }
        }
        bell.continuation.yield()
    }
}
