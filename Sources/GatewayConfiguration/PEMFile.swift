import ConfigurationReading
package import FoundationEssentials
import NIOSSL

/// What certificates and keys in PEM files are good for.
package enum PEMFile {
    /// The certificates; none where the file has none, or one that cannot be read.
    static func certificates(in contents: Data) -> [NIOSSLCertificate] {
        (try? NIOSSLCertificate.fromPEMBytes(Array(contents))) ?? []
    }

    /// When the first of the certificates expires; nil where there is none.
    package static func expiry(of contents: Data) -> Date? {
        certificates(in: contents).map(\.notValidAfter).min().map { Date(timeIntervalSince1970: Double($0)) }
    }

    /// Why the key cannot be used with the certificate; nil where it can.
    static func fault(ofKey contents: Data, _ passphrase: String?, to certificate: Data) -> String? {
        let isEncrypted = contents.firstRange(of: Data("ENCRYPTED".utf8)) != nil
        if isEncrypted, passphrase == nil { return "is encrypted; give client_key_passphrase" }
        let key: NIOSSLPrivateKey
        do {
            key = try NIOSSLPrivateKey(bytes: Array(contents), format: .pem) { setter in
                setter(Array((passphrase ?? "").utf8))
            }
        } catch {
            return isEncrypted ? "cannot be opened with client_key_passphrase" : "is no private key in PEM"
        }
        guard let first = certificates(in: certificate).first else { return nil }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateChain = [.certificate(first)]
        configuration.privateKey = .privateKey(key)
        // The system's would be read otherwise.
        configuration.trustRoots = .certificates([])
        do {
            _ = try NIOSSLContext(configuration: configuration)
            return nil
        } catch {
            return "is not the key of client_certificate"
        }
    }

    /// Whether OpenSSL finds a certificate under the name: eight digits of a hash, and a number.
    static func isNameOfHash(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 8 else { return false }
        return parts[0].utf8.allSatisfy { $0.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) }
            && !parts[1].isEmpty && parts[1].utf8.allSatisfy(\.isDigit)
    }
}
