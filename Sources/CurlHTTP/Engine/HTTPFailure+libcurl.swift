import CCurl

extension HTTPFailure.Kind {
    /// The meaning of libcurl's code. Failures that our own callbacks caused are not decided here.
    init(_ code: CURLcode) {
        self =
            switch code {
            case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT:
                .invalidURL
            case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
                .unresolved
            case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED, CURLE_NO_CONNECTION_AVAILABLE:
                .connectionFailed
            case CURLE_OPERATION_TIMEDOUT:
                .timedOut
            case CURLE_WEIRD_SERVER_REPLY:
                .invalidResponse
            case CURLE_TOO_MANY_REDIRECTS:
                .tooManyRedirects
            // The last is our refusal to send a body again after the connection under it has gone.
            case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE, CURLE_HTTP2,
                CURLE_HTTP2_STREAM, CURLE_SEND_FAIL_REWIND:
                .connectionLost
            case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS,
                CURLE_SSL_PINNEDPUBKEYNOTMATCH:
                .certificate
            case CURLE_SSL_CERTPROBLEM, CURLE_SSL_CLIENTCERT:
                .clientCertificate
            case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE,
                CURLE_SSL_CRL_BADFILE, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED,
                CURLE_SSL_ENGINE_INITFAILED, CURLE_USE_SSL_FAILED:
                .tls
            default:
                .other(code: Int(code.rawValue))
            }
    }
}
