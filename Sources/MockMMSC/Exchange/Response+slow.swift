import HTTPServing
import Hummingbird
import MM7

extension Response {
    /// An answer whose body takes the time given to arrive, in sixteen pieces.
    init(_ encoded: EncodedMessage, status: HTTPResponse.Status, over time: Duration) {
        let bytes = Array(encoded.segments.joined())
        guard time > .zero else {
            self.init(status: status, contentType: encoded.contentType, bytes: bytes)
            return
        }
        let size = max(1, (bytes.count + 15) / 16)
        self.init(
            status: status,
            headers: [.contentType: encoded.contentType, .contentLength: String(bytes.count)],
            body: ResponseBody(contentLength: bytes.count) { writer in
                for start in stride(from: 0, to: bytes.count, by: size) {
                    try await Task.sleep(for: time / 16)
                    try await writer.write(ByteBuffer(bytes: bytes[start..<min(start + size, bytes.count)]))
                }
                try await writer.finish(nil)
            })
    }
}
