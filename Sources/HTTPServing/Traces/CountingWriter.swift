import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// Counts the octets of an answer that is written piece by piece.
struct CountingWriter: ResponseBodyWriter {
    var inner: any ResponseBodyWriter
    let count: OctetCount

    mutating func write(_ buffer: ByteBuffer) async throws {
        let octets = buffer.readableBytes
        try await inner.write(buffer)
        count.add(octets)
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
        try await inner.finish(trailingHeaders)
    }
}

/// Octets that were written.
final class OctetCount: Sendable {
    private let octets = Atomic(0)

    var value: Int { octets.load(ordering: .relaxed) }

    func add(_ count: Int) { octets.add(count, ordering: .relaxed) }
}
