package import IPRanges
import NIOSSL

/// Why a connection to a listener with TLS did not come to its first request.
package struct HandshakeFailure: Sendable {
    package enum Reason: String, CaseIterable, Sendable {
        /// What came is no TLS.
        case plaintext
        /// The handshake took too long.
        case late
        /// The peer went away.
        case closed
        /// The peer speaks only older versions, or none of the ciphers.
        case version
        /// The peer had to show a certificate and showed none.
        case noCertificate = "no_certificate"
        /// The peer's certificate is not one of our authorities', or does not count any more.
        case badCertificate = "bad_certificate"
        /// The peer does not accept our certificate.
        case refused
        case other
    }

    package let reason: Reason
    /// The peer's address.
    package let peer: IPAddress?
    /// What the library says.
    package var detail: String?

    init(_ reason: Reason, peer: IPAddress?) {
        self.reason = reason
        self.peer = peer
    }

    init(_ error: any Error, peer: IPAddress?) {
        self.peer = peer
        let text = "\(error)"
        // The names of errors alone: what stands around them are places in the library.
        let names = text.split(separator: "OPENSSL_internal:").dropFirst().map { $0.prefix { $0 != " " } }
        detail = names.isEmpty ? String(text.prefix(100)) : names.prefix(3).joined(separator: ", ")
        reason = Self.marks.first { mark in text.contains(mark.text) }?.reason ?? .other
    }

    /// The names of BoringSSL's errors, the more exact before the less.
    private static let marks: [(text: String, reason: Reason)] = [
        ("EOF during handshake", .closed),
        ("PEER_DID_NOT_RETURN_A_CERTIFICATE", .noCertificate),
        ("CERTIFICATE_VERIFY_FAILED", .badCertificate),
        ("UNSUPPORTED_PROTOCOL", .version),
        ("NO_SHARED_CIPHER", .version),
        ("WRONG_VERSION_NUMBER", .plaintext),
        ("HTTP_REQUEST", .plaintext),
        ("_ALERT_", .refused),
        // An alert in plain text, as OpenSSL sends it to a peer whose certificate it does not accept.
        ("BAD_PACKET_LENGTH", .refused),
        ("syscallError", .closed),
    ]
}
