import GatewayCore
package import Hummingbird

/// The body is larger than the server takes.
package struct BodyTooLarge: Error {
    package let limitBytes: Int
}

/// There was no memory for the body.
package struct NoMemoryForBody: Error {}

/// The peer closed in the middle of the body.
package struct BodyCutOff: Error {}

extension Request {
    /// The whole body in one piece.
    ///
    /// - Throws: `BodyTooLarge` as soon as the limit is passed, by the announced length or by the bytes themselves;
    ///   `BodyCutOff` or the stream's own error when the peer goes away.
    package func bytes(upTo limitBytes: Int) async throws -> [UInt8] {
        try await bytes(upTo: limitBytes, in: nil, waiting: .zero)
    }

    /// The whole body in one piece, as soon as there is memory for it. It is not read before.
    ///
    /// - Parameter patience: how long to wait for the memory in all, from the first wait on.
    /// - Throws: as `bytes(upTo:)`, and `NoMemoryForBody`.
    package func bytes(
        upTo limitBytes: Int, in share: BodyMemory.Share, waiting patience: Duration
    ) async throws -> [UInt8] {
        do {
            let bytes = try await bytes(upTo: limitBytes, in: .some(share), waiting: patience)
            share.shrink(toBodyBytes: bytes.count > BodyMemory.smallBytes ? bytes.count : 0)
            return bytes
        } catch {
            share.leave()
            throw error
        }
    }

    /// Reads a body that nobody wants and throws it away, where the peer would not get to the answer otherwise.
    ///
    /// Not to be called when the body was read already.
    package func passBody() async {
        guard isReadToItsEnd else { return }
        do {
            for try await _ in body {}
        } catch {
            // The peer went away; then there is no answer to get to.
        }
    }

    /// A peer that wants to close, and writes all before it reads, would never get to an answer that comes before: its
    /// body is read on and thrown away. The request's deadline ends one that has no end.
    private var isReadToItsEnd: Bool {
        headers[values: .connection].contains { value in
            value.split(separator: ",").contains { $0.filter { $0 != " " }.lowercased() == "close" }
        }
    }

    /// - Parameter share: nil takes what comes.
    private func bytes(
        upTo limitBytes: Int, in share: BodyMemory.Share?, waiting patience: Duration
    ) async throws -> [UInt8] {
        let announced = headers[.contentLength].flatMap { Int($0) }
        var refusal: (any Error)?
        if let announced, announced > limitBytes { refusal = BodyTooLarge(limitBytes: limitBytes) }
        let isReadOn = isReadToItsEnd
        var bytes: [UInt8] = []
        // The bytes that have memory, and how long the rest may still be waited for.
        var reserved = BodyMemory.smallBytes
        var rest = patience

        func reserve(for count: Int) async {
            // A body without an announced length may reach the limit, and seldom does.
            let unannounced = count > Self.firstBytes ? limitBytes : min(Self.firstBytes, limitBytes)
            reserved = max(announced ?? unannounced, count)
            let clock = share?.clock ?? .system
            let start = clock.now
            if await share?.enter(bodyBytes: reserved, by: start + rest) ?? true {
                // At once: growing by doubling would hold the body twice. What is not filled takes no memory.
                bytes.reserveCapacity(reserved)
            } else {
                refusal = NoMemoryForBody()
            }
            rest -= start.duration(to: clock.now)
        }

        bytes.reserveCapacity(min(announced ?? 0, reserved))
        if refusal == nil, let announced, announced > reserved { await reserve(for: announced) }
        if let refusal, !isReadOn { throw refusal }
        for try await chunk in body {
            let count = bytes.count + chunk.readableBytes
            if refusal == nil, count > limitBytes { refusal = BodyTooLarge(limitBytes: limitBytes) }
            if refusal == nil, count > reserved { await reserve(for: count) }
            if let refusal {
                bytes = []
                share?.leave()
                if !isReadOn { throw refusal }
            } else {
                chunk.withUnsafeReadableBytes { bytes.append(contentsOf: $0) }
            }
        }
        if let refusal { throw refusal }
        if let announced, bytes.count < announced { throw BodyCutOff() }
        return bytes
    }

    /// What a body without an announced length gets memory for at first, in bytes.
    private static let firstBytes = 1 << 20
}
