import CCurl
import Trust

extension EasyHandle {
    /// Gives libcurl all about TLS. It compares these settings, but for the key's file, before it takes a connection
    /// that another request has opened. A certificate has one key, so they are never the same with another key.
    func describeTrust(_ trust: TLSTrust) throws(HTTPFailure) {
        switch trust.minimumVersion {
        case .tls12: try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        case .tls13: try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_3)
        }
        // A failure then says for whom the certificate is.
        try set(CURLOPT_CERTINFO, 1)
        guard trust != Self.plain else { return }
        // The peer has to show its certificate for each connection, and we ours, as the files are now.
        try set(CURLOPT_SSL_SESSIONID_CACHE, 0)
        if trust.authorityFile != nil || trust.authorityFolder != nil {
            try set(CURLOPT_CAINFO, orUnset: trust.authorityFile)
            try set(CURLOPT_CAPATH, orUnset: trust.authorityFolder)
            try check(ccurl_read_authorities_anew(pointer))
        }
        if !trust.pins.isEmpty {
            try set(CURLOPT_PINNEDPUBLICKEY, trust.pins.map(\.text).joined(separator: ";"))
        }
        if let identity = trust.identity {
            try set(CURLOPT_SSLCERT, identity.certificateFile)
            try set(CURLOPT_SSLKEY, identity.keyFile)
            // OpenSSL would ask at the terminal for the passphrase of an encrypted key.
            try set(CURLOPT_KEYPASSWD, identity.passphrase ?? "")
        }
    }

    private static let plain = TLSTrust()

    /// Without a value also the default of libcurl is taken away, which is where the system keeps its authorities.
    private func set(_ option: CURLoption, orUnset value: String?) throws(HTTPFailure) {
        if let value { try set(option, value) } else { try unset(option) }
    }

    /// The names in the certificate that the peer has shown.
    var peerNames: [String] {
        var names: [String] = []
        var line = ccurl_get_peer_certificate(pointer)
        while let entry = line {
            names += entry.pointee.data.map { TLSFault.names(inCertificateLine: String(cString: $0)) } ?? []
            line = entry.pointee.next
        }
        return names
    }
}
