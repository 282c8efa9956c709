import HTTPServing
import HTTPTypes
import Hummingbird
import MM7

extension Response {
    /// The answer in bytes, in the peer's own namespace and version, or else its profile's.
    init(_ answer: MM7Answer, profile: Profile) {
        self.init(status: answer.status, contentType: MM7Answer.contentType, bytes: answer.bytes(for: profile))
        headers.append(contentsOf: answer.headers)
    }
}

extension MM7Answer {
    static let contentType = "text/xml; charset=utf-8"

    func bytes(for profile: Profile) -> [UInt8] {
        let writer = MessageWriter(profile: profile)
        // Only something from the peer can make the answer unwritable, so that is left out.
        let plain = Envelope(transactionID: nil, body: envelope.body)
        let encoded = (try? writer.write(envelope)) ?? (try? writer.write(plain))
        return encoded.map { Array($0.segments.joined()) } ?? []
    }
}
