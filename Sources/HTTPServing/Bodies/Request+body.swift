package import Hummingbird

/// The body is larger than the server takes.
package struct BodyTooLarge: Error {
    package let limitBytes: Int
}

/// There was no room in memory for the body.
package struct NoRoomForBody: Error {}

extension Request {
    /// The whole body in one piece.
    ///
    /// - Throws: `BodyTooLarge` as soon as the limit is passed, by the announced length or by the bytes themselves; the
    ///   stream's own error when the peer goes away.
    package func bytes(upTo limitBytes: Int) async throws -> [UInt8] {
        try await bytes(upTo: limitBytes) { _ in true }
    }

    /// The whole body in one piece, as soon as there is room for it. It is not read before.
    ///
    /// - Parameter deadline: of the wait for room.
    /// - Throws: also `NoRoomForBody`.
    package func bytes(
        upTo limitBytes: Int, in share: BodyRoom.Share, by deadline: ContinuousClock.Instant
    ) async throws -> [UInt8] {
        let bytes = try await bytes(upTo: limitBytes) { await share.enter(bodyBytes: $0, by: deadline) }
        share.shrink(toBodyBytes: bytes.count > BodyRoom.smallBytes ? bytes.count : 0)
        return bytes
    }

    /// - Parameter enter: asked once for room for so many bytes, before anything that is not small is kept.
    private func bytes(upTo limitBytes: Int, enter: (Int) async -> Bool) async throws -> [UInt8] {
        let announced = headers[.contentLength].flatMap { Int($0) }
        var refusal: (any Error)?
        if let announced, announced > limitBytes { refusal = BodyTooLarge(limitBytes: limitBytes) }
        // A peer that wants to close, and writes all before it reads, would never get to the answer: its body is read on
        // and thrown away. The request's deadline ends one that has no end.
        let isReadOn = headers[.connection]?.lowercased() == "close"
        var bytes: [UInt8] = []
        // What has room; a body without an announced length may come to the limit.
        var room = BodyRoom.smallBytes

        func makeRoom(for count: Int) async {
            room = max(announced ?? limitBytes, count)
            if await enter(room) {
                // At once: growing by doubling would hold the body twice. What is not filled takes no memory.
                bytes.reserveCapacity(room)
            } else {
                refusal = NoRoomForBody()
            }
        }

        bytes.reserveCapacity(min(announced ?? 0, room))
        if refusal == nil, let announced, announced > room { await makeRoom(for: announced) }
        if let refusal, !isReadOn { throw refusal }
        for try await chunk in body {
            let count = bytes.count + chunk.readableBytes
            if refusal == nil, count > limitBytes { refusal = BodyTooLarge(limitBytes: limitBytes) }
            if refusal == nil, count > room { await makeRoom(for: count) }
            if let refusal {
                bytes = []
                if !isReadOn { throw refusal }
            } else {
                chunk.withUnsafeReadableBytes { bytes.append(contentsOf: $0) }
            }
        }
        if let refusal { throw refusal }
        return bytes
    }
}
