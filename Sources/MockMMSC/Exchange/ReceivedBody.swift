import HTTPServing
import Hummingbird
import MM7

/// The body of a post, as far as the checks want it.
struct ReceivedBody: Sendable {
    let bytes: [UInt8]
    /// Of the whole body.
    let byteCount: Int

    /// As much of a message as light checks look at: the envelope and to spare.
    private static let headBytes = 16 << 10

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
            for try await chunk in request.body {
                count += chunk.readableBytes
                guard count <= limitBytes else { throw Self.tooLarge(limitBytes) }
                let wanted = min(Self.headBytes - head.count, chunk.readableBytes)
                if wanted > 0 { head.append(contentsOf: chunk.readableBytesView.prefix(wanted)) }
            }
            bytes = head
            byteCount = count
        }
    }

    private static func tooLarge(_ limitBytes: Int) -> Violation {
        Violation(.multimediaContentRefused, "the message is over \(limitBytes) bytes")
    }
}
