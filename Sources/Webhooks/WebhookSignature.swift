import Crypto
import FoundationEssentials
import GatewayCore

/// The four headers by which a customer knows that a call is ours: HMAC-SHA256 over `{body}.{nonce}.{timestamp}`.
struct WebhookSignature: Sendable, Equatable {
    let headers: [(name: String, value: String)]

    /// - Parameters:
    ///   - secret: its UTF-8 bytes are the key, unchanged.
    ///   - nonce: unique to the call.
    init(of body: [UInt8], secret: Secret, nonce: String, at now: Date) {
        let timestamp = String(Int(now.timeIntervalSince1970))
        var hmac = HMAC<SHA256>(key: SymmetricKey(data: Array(secret.reveal().utf8)))
        hmac.update(data: body)
        hmac.update(data: Array(".\(nonce).\(timestamp)".utf8))
        headers = [
            ("x-sinch-webhook-signature-timestamp", timestamp),
            ("x-sinch-webhook-signature-nonce", nonce),
            ("x-sinch-webhook-signature-algorithm", "HmacSHA256"),
            ("x-sinch-webhook-signature", Data(hmac.finalize()).base64EncodedString()),
        ]
    }

    static func == (left: WebhookSignature, right: WebhookSignature) -> Bool {
        left.headers.elementsEqual(right.headers, by: ==)
    }
}
