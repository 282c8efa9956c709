package import Trust

/// How a listener speaks TLS: the files of its certificate, and whether its peers have to show one.
package struct TLSSettings: Sendable, Equatable {
    /// A PEM file: the listener's certificate, and behind it those that lead to its authority.
    package var certificate: String
    /// The PEM file of the certificate's key, which has no passphrase.
    package var key: String
    /// A PEM file of the authorities whose certificates peers may show, or a folder of such files.
    package var clientCA: String?
    package var clientCertificates = ClientCertificates.none
    package var minimumVersion = TLSTrust.Version.tls12
    /// Whether peers that know HTTP/2 speak it. (RFC 7301)
    package var offersHTTP2 = false

    package init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }

    /// Whether a peer has to show a certificate of its own.
    package enum ClientCertificates: String, CaseIterable, Sendable {
        case none
        /// One that is shown has to be valid.
        case optional
        case required
    }
}

/// What is wrong with a file of the settings.
package struct TLSFileFault: Error, Equatable, Sendable {
    /// The key of the configuration that names the file.
    package enum Key: String, Sendable {
        case certificate, key
        case clientCA = "client_ca"
    }

    package let key: Key
    /// Completes the name of the key.
    package let text: String
}

/// All that is wrong with the files of a listener.
package struct TLSFileFaults: Error, Sendable, CustomStringConvertible {
    package let faults: [TLSFileFault]

    package var description: String { faults.map { "\($0.key.rawValue) \($0.text)" }.joined(separator: "; ") }
}
