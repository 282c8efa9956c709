/// Why there is no secure connection, read from what libcurl and OpenSSL say.
enum TLSFault: Equatable {
    /// The peer's certificate, or one that it was signed with, by the number of OpenSSL's verification.
    case unverified(Int)
    /// The certificate is for these names, and not for the host.
    case otherName([String])
    case otherKey
    /// The peer's alert about our certificate, or about its absence.
    case clientCertificate(alert: Int)
    /// The peer speaks no version that we speak.
    case version
    /// What came back was not TLS.
    case notTLS

    /// What it is in words.
    ///
    /// - Parameters:
    ///   - host: the peer that was called.
    ///   - hasIdentity: whether we have a client certificate.
    func sentence(host: String, hasIdentity: Bool) -> String {
        switch self {
        case .unverified(let number):
            "the certificate of \(host) \(Self.verification[number] ?? "was not accepted (OpenSSL's reason \(number))")"
        case .otherName(let names) where names.isEmpty:
            "the certificate of \(host) has another name"
        case .otherName(let names):
            "the certificate of \(host) is for \(names.prefix(5).joined(separator: ", ")) and not for it"
        case .otherKey: "the public key of \(host) is none of the pinned ones"
        case .clientCertificate(let alert) where hasIdentity:
            "\(host) refused the client certificate: \(Self.alerts[alert] ?? "alert \(alert)")"
        case .clientCertificate: "\(host) asks for a client certificate and none is configured"
        case .version: "\(host) speaks no version of TLS that is new enough"
        case .notTLS: "\(host) does not speak TLS at this port"
        }
    }

    /// What each number of X509_verify_cert_error_string means for the operator.
    private static let verification = [
        9: "or one that it was signed with is not valid yet; look at the clocks too",
        10: "or one that it was signed with has expired",
        18: "is self-signed, and is not among the authorities that are trusted",
        19: "was signed by an authority of its own that is not trusted",
        20: "was signed by an authority that is not trusted, or the certificates between are not sent along",
        21: "was signed by an authority that is not trusted, or the certificates between are not sent along",
        23: "was revoked", 26: "is not for servers",
    ]

    /// The alerts by which a peer refuses a client certificate. (RFC 8446, 6.2)
    private static let alerts = [
        40: "handshake failure", 42: "bad certificate", 43: "unsupported certificate", 44: "it was revoked",
        45: "it has expired", 46: "certificate unknown", 48: "its authority is unknown to the peer",
        49: "access denied", 51: "decrypt error", 116: "certificate required",
    ]
}

extension TLSFault {
    /// - Parameters:
    ///   - text: libcurl's, such as "OpenSSL SSL_connect: error:0A000410:SSL routines::sslv3 alert handshake failure".
    ///   - hasIdentity: whether we have a client certificate. Without one, some alerts are about something else.
    init?(_ text: String, hasIdentity: Bool) {
        guard let reason = Self.reason(in: text) else { return nil }
        // OpenSSL numbers the alerts of the peer from 1000 on.
        switch reason {
        case 1000 + 116: self = .clientCertificate(alert: 116)
        case 1000 + 70, 258, 266, 191: self = .version
        case 267: self = .notTLS
        case 1000...1255 where hasIdentity && Self.alerts[reason - 1000] != nil:
            self = .clientCertificate(alert: reason - 1000)
        default: return nil
        }
    }

    /// The reason in OpenSSL's code: its lowest twelve bits in each of its versions.
    private static func reason(in text: String) -> Int? {
        guard let mark = text.firstRange(of: "error:") else { return nil }
        let digits = text[mark.upperBound...].prefix { $0.isHexDigit }
        guard digits.count == 8, let code = Int(digits, radix: 16) else { return nil }
        return code & 0xFFF
    }

    /// The names in a line about a certificate, such as "X509v3 Subject Alternative Name:DNS:a.example, DNS:b.example".
    static func names(inCertificateLine line: String) -> [String] {
        let title = "X509v3 Subject Alternative Name:"
        guard line.hasPrefix(title) else { return [] }
        return line.dropFirst(title.count).split(separator: ",").compactMap { entry in
            let entry = entry.drop { $0 == " " }
            let kind = ["DNS:", "IP Address:"].first { entry.hasPrefix($0) }
            return kind.map { String(entry.dropFirst($0.count)) }
        }
    }
}
