import FoundationEssentials
import NIOSSL

/// Reads the PEM files of a listener. What it cannot read it reports, with the file's name and the reason.
struct TLSFiles {
    let read: (String) throws -> Data

    func certificates(in path: String, for key: TLSFileFault.Key, _ faults: inout [TLSFileFault]) -> [NIOSSLCertificate]
    {
        guard let bytes = bytes(of: path, for: key, &faults) else { return [] }
        // The library says no more than that something is wrong.
        if let certificates = try? NIOSSLCertificate.fromPEMBytes(bytes), !certificates.isEmpty { return certificates }
        let isPEM = Self.has("-----BEGIN CERTIFICATE-----", bytes)
        faults.append(
            TLSFileFault(
                key: key,
                text: isPEM
                    ? "\(path) has a certificate that cannot be read"
                    : "\(path) has no certificate in PEM form, which begins with -----BEGIN CERTIFICATE-----"))
        return []
    }

    func privateKey(in path: String, _ faults: inout [TLSFileFault]) -> NIOSSLPrivateKey? {
        guard let bytes = bytes(of: path, for: .key, &faults) else { return nil }
        if Self.has("ENCRYPTED", bytes) {
            faults.append(
                TLSFileFault(
                    key: .key, text: "\(path) needs a passphrase, and nobody is there to type it; store it without one")
            )
            return nil
        }
        if let key = try? NIOSSLPrivateKey(bytes: bytes, format: .pem) { return key }
        let isPEM = Self.has("PRIVATE KEY-----", bytes)
        faults.append(
            TLSFileFault(
                key: .key,
                text: isPEM
                    ? "\(path) has a key that cannot be read" : "\(path) has no private key in PEM form"))
        return nil
    }

    /// - Parameter path: a file, or a folder, whose `.pem`, `.crt` and `.cer` files are read.
    func authorities(at path: String, _ faults: inout [TLSFileFault]) -> [NIOSSLCertificate] {
        guard let files = Self.files(inFolder: path) else { return certificates(in: path, for: .clientCA, &faults) }
        guard !files.isEmpty else {
            faults.append(TLSFileFault(key: .clientCA, text: "\(path) has no .pem, .crt or .cer file in it"))
            return []
        }
        return files.flatMap { certificates(in: $0, for: .clientCA, &faults) }
    }

    /// The PEM files of a folder; nil for what is none, or cannot be listed.
    static func files(inFolder path: String) -> [String]? {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { return nil }
        return names.filter { name in [".pem", ".crt", ".cer"].contains { name.hasSuffix($0) } }.sorted()
            .map { "\(path)/\($0)" }
    }

    private func bytes(of path: String, for key: TLSFileFault.Key, _ faults: inout [TLSFileFault]) -> [UInt8]? {
        do {
            return Array(try read(path))
        } catch {
            let reason =
                switch (error as? CocoaError)?.code {
                case .fileReadNoSuchFile: "there is no such file"
                case .fileReadNoPermission: "this user may not read it"
                default: "it is not a readable file"
                }
            faults.append(TLSFileFault(key: key, text: "cannot read \(path): \(reason)"))
            return nil
        }
    }

    private static func has(_ mark: String, _ bytes: [UInt8]) -> Bool {
        String(decoding: bytes, as: UTF8.self).contains(mark)
    }
}

extension TLSSettings {
    /// The public key of the certificate, as its SubjectPublicKeyInfo in DER: by this the commands of this machine know
    /// the listener.
    package func publicKey() throws -> [UInt8] {
        var faults: [TLSFileFault] = []
        let files = TLSFiles { try Data(contentsOf: URL(filePath: $0)) }
        let chain = files.certificates(in: certificate, for: .certificate, &faults)
        guard let leaf = chain.first else { throw TLSFileFaults(faults: faults) }
        return try leaf.extractPublicKey().toSPKIBytes()
    }
}
