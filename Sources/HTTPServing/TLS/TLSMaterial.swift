package import FoundationEssentials
import NIOSSL
import Trust

/// The files of a listener's settings, read and found to belong together: what its next connections are made with.
package struct TLSMaterial: Sendable {
    package let settings: TLSSettings
    /// The first certificate's first moment and last one.
    package let notBefore: Date
    package let notAfter: Date
    let context: NIOSSLContext
    private let chain: [NIOSSLCertificate]
    private let key: NIOSSLPrivateKey
    private let authorities: [NIOSSLCertificate]

    /// - Parameter read: returns the bytes of a file.
    /// - Throws: all faults at once. A certificate that has expired, or is not valid yet, is none: `validity(at:)`.
    package init(
        _ settings: TLSSettings, read: @escaping (String) throws -> Data = { try Data(contentsOf: URL(filePath: $0)) }
    ) throws(TLSFileFaults) {
        self.settings = settings
        var faults: [TLSFileFault] = []
        let files = TLSFiles(read: read)
        let chain = files.certificates(in: settings.certificate, for: .certificate, &faults)
        let key = files.privateKey(in: settings.key, &faults)
        var authorities: [NIOSSLCertificate] = []
        switch (settings.clientCertificates, settings.clientCA) {
        case (.none, nil): break
        case (.none, _?):
            faults.append(TLSFileFault(key: .clientCA, text: "is not used: client_certificates is none"))
        case (_, nil):
            faults.append(TLSFileFault(key: .clientCA, text: "is missing; client certificates are checked by it"))
        case (_, let path?): authorities = files.authorities(at: path, &faults)
        }
        guard faults.isEmpty, let leaf = chain.first, let key else { throw TLSFileFaults(faults: faults) }
        (self.chain, self.key, self.authorities) = (chain, key, authorities)
        notBefore = Date(timeIntervalSince1970: TimeInterval(leaf.notValidBefore))
        notAfter = Date(timeIntervalSince1970: TimeInterval(leaf.notValidAfter))
        do {
            context = try NIOSSLContext(configuration: settings.configuration(chain, key, authorities))
        } catch {
            throw TLSFileFaults(faults: [Self.mismatch(of: chain, key, settings)])
        }
    }

    /// Whether the files of both have the same in them.
    func isSame(as other: TLSMaterial) -> Bool {
        settings == other.settings && chain == other.chain && key == other.key && authorities == other.authorities
    }

    /// Whether the certificate counts at that time.
    package func validity(at now: Date) -> Validity {
        if now < notBefore { return .notYet }
        return now < notAfter ? .valid : .expired
    }

    package enum Validity: Sendable {
        case valid, notYet, expired
    }

    /// The library does not say more than that the two do not go together.
    private static func mismatch(
        of chain: [NIOSSLCertificate], _ key: NIOSSLPrivateKey, _ settings: TLSSettings
    ) -> TLSFileFault {
        let others = chain.dropFirst().enumerated()
        let own = others.first { _, other in
            (try? NIOSSLContext(configuration: settings.configuration([other], key, []))) != nil
        }
        if let own {
            let place = "has the certificate of the key in place \(own.offset + 2); it comes first"
            return TLSFileFault(key: .certificate, text: "\(settings.certificate) \(place)")
        }
        return TLSFileFault(
            key: .key, text: "\(settings.key) does not match the first certificate in \(settings.certificate)")
    }
}

extension TLSSettings {
    fileprivate func configuration(
        _ chain: [NIOSSLCertificate], _ key: NIOSSLPrivateKey, _ authorities: [NIOSSLCertificate]
    ) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = minimumVersion == .tls12 ? .tlsv12 : .tlsv13
        configuration.applicationProtocols = offersHTTP2 ? ["h2", "http/1.1"] : ["http/1.1"]
        // As long as a peer has to read the last answer.
        configuration.shutdownTimeout = RequestGate.linger
        switch clientCertificates {
        case .none: break
        case .optional: configuration.certificateVerification = .optionalVerification
        case .required: configuration.certificateVerification = .noHostnameVerification
        }
        if clientCertificates != .none {
            configuration.trustRoots = .certificates(authorities)
            configuration.sendCANameList = true
        }
        return configuration
    }
}
