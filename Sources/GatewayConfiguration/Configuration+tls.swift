import ConfigurationReading
import CurlHTTP
import FoundationEssentials
import GatewayCore
import Trust

extension Configuration {
    /// What is said of client certificates that are read without a fault and do not count at that time any more.
    func notesOnClientCertificates(
        at now: Date, read: (String) throws -> Data = { try Data(contentsOf: URL(filePath: $0)) }
    ) -> [String] {
        directory.mmscs.values.sorted { $0.name < $1.name }.compactMap { mmsc in
            // A file that cannot be read was a fault before.
            guard let file = mmsc.trust?.identity?.certificateFile, let contents = try? read(file),
                let expiry = PEMFile.expiry(of: contents), expiry < now
            else { return nil }
            return "client_certificate of the MMSC \(mmsc.name) has expired on \(expiry.formatted(.iso8601)): "
                + "the MMSC refuses it"
        }
    }
}

/// The sections `tls` of those that the gateway calls: of all, and of one with what it says in place of that.
extension ConfigurationReader {
    /// The section of all calls.
    func generalTrust() -> TLSTrust {
        let (file, folder) = authorities()
        var version = TLSTrust.Version.tls12
        read("minimum_version", .word(), into: &version)
        return TLSTrust().overridden(authorityFile: file, authorityFolder: folder, minimumVersion: version)
    }

    /// The section of some calls.
    func trust(beside general: TLSTrust) -> TLSTrust {
        let (file, folder) = authorities()
        return general.overridden(authorityFile: file, authorityFolder: folder, minimumVersion: minimumVersion())
    }

    /// The section of an MMSC: with whom we are to it, and what its key has to be.
    func trustWithIdentity(beside general: TLSTrust) -> TLSTrust {
        let (file, folder) = authorities()
        let identity = identity()
        let version = minimumVersion()
        var pins: [PublicKeyPin]?
        read("pin", .pins, into: &pins)
        return general.overridden(
            authorityFile: file, authorityFolder: folder, minimumVersion: version, pins: pins ?? [],
            identity: identity)
    }

    /// Reports a section that would do nothing.
    func checkSecure(_ url: String, _ key: String) {
        guard let address = try? WebURL(url), !address.isSecure else { return }
        fault("tls", "is for https, but \(key) begins with http://")
    }

    private func minimumVersion() -> TLSTrust.Version? {
        var version: TLSTrust.Version?
        read("minimum_version", .word(), into: &version)
        return version
    }

    private func authorities() -> (file: String?, folder: String?) {
        let file = file("ca_file") { PEMFile.certificates(in: $0).isEmpty ? "has no certificate in PEM" : nil }
        let folder = folder("ca_folder") { names in
            names.contains(where: PEMFile.isNameOfHash)
                ? nil : "has no certificate under the hash of its name; run `openssl rehash` on it"
        }
        return (file?.path, folder)
    }

    private func identity() -> TLSTrust.Identity? {
        let certificate = file("client_certificate") {
            PEMFile.certificates(in: $0).isEmpty ? "has no certificate in PEM" : nil
        }
        let key = file("client_key") { _ in nil }
        var passphrase: Secret?
        read("client_key_passphrase", .secret, into: &passphrase)
        if certificate != nil, !isGiven("client_key") {
            fault("client_key", "is missing; a client certificate needs its key")
        }
        if key != nil, !isGiven("client_certificate") {
            fault("client_certificate", "is missing; a client key is for a certificate")
        }
        if passphrase != nil, !isGiven("client_key") {
            fault("client_key_passphrase", "is not used: client_key is missing")
        }
        let certificates = certificate?.contents ?? Data()
        if let key, let reason = PEMFile.fault(ofKey: key.contents, passphrase?.reveal(), to: certificates) {
            fault("client_key", reason)
        }
        guard let certificate, let key else { return nil }
        return TLSTrust.Identity(
            certificateFile: certificate.path, keyFile: key.path, passphrase: passphrase?.reveal())
    }
}

extension ValueFormat<[PublicKeyPin]> {
    /// The hashes of public keys, as curl writes them.
    fileprivate static var pins: ValueFormat {
        ValueFormat("\"sha256//\" and the Base64 of a public key's SHA-256, or several with \";\" between") { text in
            let texts = text.split(separator: ";", omittingEmptySubsequences: false)
            let pins = texts.compactMap { PublicKeyPin(String($0)) }
            return pins.count == texts.count ? pins : nil
        } show: { pins in
            pins.map(\.text).joined(separator: ";")
        }
    }
}
