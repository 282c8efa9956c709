import CCurl
import Trust

extension Transfer {
    /// The failure where libcurl's code is about TLS and its cause is known: which certificate it is and why.
    func securityFailure(_ code: CURLcode) -> HTTPFailure? {
        guard let url = try? WebURL(easy.text(CURLINFO_EFFECTIVE_URL)), url.isSecure else { return nil }
        let hasIdentity = pending.request.trust?.identity != nil
        guard let fault = securityFault(code, hasIdentity: hasIdentity) else { return nil }
        return HTTPFailure(fault.kind, fault.sentence(host: url.host, hasIdentity: hasIdentity))
    }

    private func securityFault(_ code: CURLcode, hasIdentity: Bool) -> TLSFault? {
        let text = easy.ownWords
        switch code {
        case CURLE_PEER_FAILED_VERIFICATION where text.hasPrefix("SSL certificate problem"):
            return .unverified(easy.number(CURLINFO_SSL_VERIFYRESULT))
        // What libcurl 7.88 says of the peer's alert that our certificate has expired.
        case CURLE_PEER_FAILED_VERIFICATION where hasIdentity && text.hasPrefix("SSL certificate verification failed"):
            return .clientCertificate(alert: 45)
        case CURLE_PEER_FAILED_VERIFICATION where text.contains("subject name"):
            return .otherName(easy.peerNames)
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
            return .otherKey
        case CURLE_SSL_CLIENTCERT, CURLE_SSL_CONNECT_ERROR:
            return TLSFault(text, hasIdentity: hasIdentity)
        case CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_HTTP2, CURLE_GOT_NOTHING:
            return refusalAfterHandshake(text, hasIdentity: hasIdentity)
        default:
            return nil
        }
    }

    /// With TLS 1.3 our side has sent the request by the time that the peer looks at our certificate, and the refusal
    /// comes in place of the answer. It is certain that the peer has done nothing with the request: what follows our
    /// certificate is for it to read only once the handshake is complete, which the alert says it is not. That holds
    /// for the first request of a connection, before any answer. (RFC 8446, 4.4.2.4 and 6.2)
    private func refusalAfterHandshake(_ text: String, hasIdentity: Bool) -> TLSFault? {
        guard connectionsOpened > 0, !progress.hasBeenAnswered, response.status == 0,
            let fault = TLSFault(text, hasIdentity: hasIdentity), fault.kind == .clientCertificate
        else { return nil }
        return fault
    }
}

extension TLSFault {
    var kind: HTTPFailure.Kind {
        switch self {
        case .unverified, .otherName, .otherKey: .certificate
        case .clientCertificate: .clientCertificate
        case .version, .notTLS: .tls
        }
    }
}
