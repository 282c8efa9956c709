package import HTTPTypes
package import Hummingbird

extension Response {
    /// An answer of the bytes given, with their type and length.
    package init(status: HTTPResponse.Status, contentType: String, bytes: some Sequence<UInt8>) {
        self.init(status: status, contentType: contentType, buffer: ByteBuffer(bytes: bytes))
    }

    /// An answer of bytes that other answers may share.
    package init(status: HTTPResponse.Status, contentType: String, buffer: ByteBuffer) {
        self.init(
            status: status,
            headers: [.contentType: contentType, .contentLength: String(buffer.readableBytes)],
            body: ResponseBody(byteBuffer: buffer))
    }

    /// An answer in JSON, its members as the value's coding keys name them and in the order in which it encodes them.
    package init(status: HTTPResponse.Status = .ok, json value: some Encodable) {
        self.init(status: status, contentType: "application/json", bytes: JSONText.bytes(of: value))
    }
}
