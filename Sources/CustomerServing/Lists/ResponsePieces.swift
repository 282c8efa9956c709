import GatewayCore
import Hummingbird

/// A long response that is made while its client reads: one element at a time is in memory, and the next is made when
/// the client has taken the one before.
struct ResponsePieces: Sendable {
    /// Writes each element as JSON, without what stands between them.
    typealias Elements = @Sendable (_ write: (_ element: [UInt8]) async throws -> Void) async throws -> Void

    let opening: String
    let closing: String
    let elements: Elements
    /// Held until the last element is on its way.
    let permit: HeldPermit

    /// The most bytes written at once, so that a slow client is seen to take something.
    private static let pieceBytes = 16 << 10

    var responseBody: ResponseBody {
        ResponseBody { [self] writer in
            var out = writer
            var pending = Array(opening.utf8)
            var isFirst = true
            try await elements { element in
                if !isFirst { pending.append(UInt8(ascii: ",")) }
                isFirst = false
                pending += element
                guard pending.count >= Self.pieceBytes else { return }
                try await Self.write(pending, to: &out)
                pending = []
            }
            pending += closing.utf8
            try await Self.write(pending, to: &out)
            try await writer.finish(nil)
            withExtendedLifetime(permit) {}
        }
    }

    private static func write(_ bytes: [UInt8], to writer: inout any ResponseBodyWriter) async throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            try await writer.write(ByteBuffer(bytes: rest.prefix(pieceBytes)))
            rest = rest.dropFirst(pieceBytes)
        }
    }
}
