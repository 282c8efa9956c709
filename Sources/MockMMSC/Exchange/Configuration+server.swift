import HTTPServing
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import NIOSSL
import Trust

extension MockMMSC.Configuration {
    /// The scheme of the URL that posts go to.
    package var scheme: String { tls == nil ? "http" : "https" }

    /// HTTP/1.1, over TLS where there is a certificate.
    ///
    /// - Throws: `TLSFileFaults`, which name what cannot be used.
    func server() throws -> HTTPServerBuilder {
        guard let tls else { return .http1() }
        _ = try TLSMaterial(tls)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(tls.certificate).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: tls.key, format: .pem)))
        configuration.minimumTLSVersion = tls.minimumVersion == .tls12 ? .tlsv12 : .tlsv13
        if isOfTLS12 { configuration.maximumTLSVersion = .tlsv12 }
        switch tls.clientCertificates {
        case .none: break
        case .optional: configuration.certificateVerification = .optionalVerification
        case .required: configuration.certificateVerification = .noHostnameVerification
        }
        if let authorities = tls.clientCA { configuration.trustRoots = .file(authorities) }
        return try .tls(.http1(), tlsConfiguration: configuration)
    }
}
