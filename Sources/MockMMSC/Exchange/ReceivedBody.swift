import HTTPServing
import Hummingbird
import MM7

/// The body of a post, as far as the checks want it.
struct ReceivedBody: Sendable {
    let bytes: [UInt8]
    /// The length of the whole body.
    let byteCount: Int

    /// How much of a message light checks read: more than an envelope.
    private static let headBytes = 16 << 10
    /// The same for a message with more recipients than that holds: enough for over a thousand.
    private static let longHeadBytes = 256 << 10

    /// - Throws: a violation when the body is over the limit; the stream's own error when the peer goes away.
    init(of request: Request, _ checks: MockMMSC.Checks, limitBytes: Int) async throws {
        switch checks {
        case .strict:
            do {
                bytes = try await request.bytes(upTo: limitBytes)
            } catch is BodyTooLarge {
                throw Self.tooLarge(limitBytes)
            }
            byteCount = bytes.count
        case .light:
            var head: [UInt8] = []
            var count = 0
            var limit = Self.headBytes
            for try await chunk in request.body {
                count += chunk.readableBytes
                guard count <= limitBytes else { throw Self.tooLarge(limitBytes) }
                guard head.count < limit else { continue }
                let readable = chunk.readableBytesView
                let room = limit - head.count
                head.append(contentsOf: readable.prefix(room))
                if head.count == Self.headBytes, LightScan.isOpen(head[...]) {
                    limit = Self.longHeadBytes
                    head.append(contentsOf: readable.dropFirst(room).prefix(limit - head.count))
                }
            }
            bytes = head
            byteCount = count
        }
    }

    private static func tooLarge(_ limitBytes: Int) -> Violation {
        Violation(.multimediaContentRefused, "the message is over \(limitBytes) bytes")
    }
}
