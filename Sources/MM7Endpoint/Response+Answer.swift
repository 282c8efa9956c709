import HTTPServing
import HTTPTypes
import Hummingbird
import MM7

extension Response {
    /// The answer in bytes, in the peer's own namespace and version, or else its profile's.
    init(_ answer: Answer, profile: Profile) {
        let bytes = Self.bytes(of: answer.envelope, MessageWriter(profile: profile))
        self.init(status: answer.status, contentType: "text/xml; charset=utf-8", bytes: bytes)
        headers.append(contentsOf: answer.headers)
    }

    private static func bytes(of envelope: Envelope, _ writer: MessageWriter) -> [UInt8] {
        // What cannot be written repeats something unwritable of the peer's: then without that.
        let plain = Envelope(transactionID: nil, body: envelope.body)
        let encoded = (try? writer.write(envelope)) ?? (try? writer.write(plain))
        return encoded.map { Array($0.segments.joined()) } ?? []
    }
}
