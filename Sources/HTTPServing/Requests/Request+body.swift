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
        var isTooLarge = announced > limitBytes
        // A peer that wants to close, and writes all before it reads, would never get to the answer: its body is read on
        // and thrown away. The request's deadline ends one that has no end.
        let isReadOn = headers[.connection]?.lowercased() == "close"
        if isTooLarge && !isReadOn { throw BodyTooLarge(limitBytes: limitBytes) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(isTooLarge ? 0 : announced)
        for try await chunk in body {
            isTooLarge = isTooLarge || bytes.count + chunk.readableBytes > limitBytes
            if isTooLarge && !isReadOn { throw BodyTooLarge(limitBytes: limitBytes) }
            if !isTooLarge { bytes.append(contentsOf: chunk.readableBytesView) }
        }
        if isTooLarge { throw BodyTooLarge(limitBytes: limitBytes) }
        return bytes
    }
}
