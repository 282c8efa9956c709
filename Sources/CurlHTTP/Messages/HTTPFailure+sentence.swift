extension HTTPFailure {
    /// What happened, in words for somebody who knows nothing about this machine, its libraries and its network.
    ///
    /// - Parameter peer: such as "the media server".
    package func sentence(about peer: String) -> String {
        switch kind {
        case .invalidURL, .invalidRequest: "the address of \(peer) cannot be called"
        case .refusedAddress: "the address of \(peer) may not be called"
        case .unresolved: "the name of \(peer) could not be looked up"
        case .connectionFailed: "no connection to \(peer) could be made"
        case .certificate: "the certificate of \(peer) could not be verified"
        case .tls, .clientCertificate: "no secure connection to \(peer) could be made"
        case .login: "\(peer) could not be logged in to"
        case .timedOut: "\(peer) did not answer in time"
        case .connectionLost: "the connection to \(peer) was lost"
        case .responseTooLarge: "the answer of \(peer) is too large"
        case .brokenCoding: "the answer of \(peer) is damaged or cut within its Content-Encoding"
        case .invalidResponse: "the answer of \(peer) cannot be read"
        case .tooManyRedirects: "\(peer) redirects too often"
        case .cancelled, .shutDown: "the exchange with \(peer) was ended"
        case .other: "the exchange with \(peer) failed"
        }
    }
}
