import Foundation
import HTTPServing
import MockMMSC
import TestPeers
import Trust

/// Certificates of the tests of the HTTP client, which also says how they were made.
enum TLSFiles {
    static func path(_ name: String) -> String {
        let tests = (0..<3).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        return tests.appending(path: "CurlHTTPTests/Fixtures/\(name).pem").path
    }

    /// The public key of every server.
    static let pin = "sha256//cR0HvV/SrmamdERmpqY4j2xB3pjwx2EfTbtdetEL8Ns="
    static let otherPin = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

    /// Believes the authority, shows a client certificate, and wants the right key.
    static func trust(_ change: (inout TLSTrust) -> Void = { _ in }) -> TLSTrust {
        var trust = TLSTrust()
        trust.authorityFile = path("authority")
        trust.identity = .init(certificateFile: path("client"), keyFile: path("client-key"))
        trust.pins = [PublicKeyPin(pin)].compactMap(\.self)
        change(&trust)
        return trust
    }

    /// A server that shows a certificate and asks for one of the authority's clients.
    static func server(as certificate: String = "server") -> TLSSettings {
        var settings = TLSSettings(certificate: path(certificate), key: path("server-key"))
        settings.clientCA = path("authority")
        settings.clientCertificates = .required
        return settings
    }
}

extension MockMMSC.Configuration {
    /// One that speaks TLS alone.
    static func overTLS(as certificate: String = "server") -> Self {
        var configuration = Self.forTests
        configuration.tls = TLSFiles.server(as: certificate)
        return configuration
    }
}
