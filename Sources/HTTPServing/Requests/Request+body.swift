package import Hummingbird

/// The body is larger than the server takes.
package struct BodyTooLarge: Error {
    package let limitBytes: Int
}

extension Request {
    /// The whole body in one piece.
    ///
    /// - Throws: `BodyTooLarge` as soon as the limit is passed, by the announced length or by the bytes themselves; the
    ///   stream's own error when the peer goes away.
    package func bytes(upTo limitBytes: Int) async throws -> [UInt8] {
        let announced = headers[.contentLength].flatMap { Int($0) } ?? 0
        guard announced <= limitBytes else { throw BodyTooLarge(limitBytes: limitBytes) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(announced)
        for try await chunk in body {
            guard bytes.count + chunk.readableBytes <= limitBytes else { throw BodyTooLarge(limitBytes: limitBytes) }
            bytes.append(contentsOf: chunk.readableBytesView)
        }
        return bytes
    }
}
