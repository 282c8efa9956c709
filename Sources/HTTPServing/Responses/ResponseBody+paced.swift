import HTTPTypes
import Hummingbird
import NIOCore

extension ResponseBody {
    /// The same body, whose writer goes on only when the connection has seen the previous piece.
    ///
    /// A writer that runs on another thread than its connection does not learn in time that the peer takes no more: it
    /// writes on until the connection's thread comes to report it, which takes long where many write.
    func paced(by loop: any EventLoop) -> ResponseBody {
        ResponseBody(contentLength: contentLength) { writer in
            try await write(PacedWriter(inner: writer, loop: loop))
        }
    }
}

private struct PacedWriter: ResponseBodyWriter {
    var inner: any ResponseBodyWriter
    let loop: any EventLoop

    mutating func write(_ buffer: ByteBuffer) async throws {
        try await inner.write(buffer)
        try await loop.submit {}.get()
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
        try await inner.finish(trailingHeaders)
    }
}
