import ConfigurationReading
import FoundationEssentials
package import HTTPServing

extension Configuration {
    /// TLS on one of the servers.
    package struct ServerTLS: Sendable {
        package var settings: TLSSettings
        /// The files as they were when the configuration was read; nil where that was only to look at a gateway.
        package var material: TLSMaterial?

        package init(settings: TLSSettings, material: TLSMaterial? = nil) {
            self.settings = settings
            self.material = material
        }
    }

    /// What is said of certificates that are read without a fault and do not count at that time.
    func notesOnCertificates(at now: Date) -> [String] {
        [("server", server.tls), ("mm7", mm7.tls), ("operations", operations.tls)].compactMap { section, tls in
            guard let material = tls?.material else { return nil }
            let key = "\(section).tls.certificate"
            switch material.validity(at: now) {
            case .valid: return nil
            case .notYet: return "\(key) is not valid before \(material.notBefore.formatted(.iso8601)): peers refuse it"
            case .expired: return "\(key) has expired on \(material.notAfter.formatted(.iso8601)): peers refuse it"
            }
        }
    }
}

extension ConfigurationReader {
    /// The section `tls` of a server; nil for one that speaks plainly.
    ///
    /// - Parameter offersHTTP2: whether peers may speak HTTP/2 to it.
    func serverTLS(offersHTTP2: Bool = false) -> Configuration.ServerTLS? {
        changesAtOnce("tls")
        return optionalObject("tls") { $0.listenerTLS(offersHTTP2) }.flatMap(\.self)
    }

    private func listenerTLS(_ offersHTTP2: Bool) -> Configuration.ServerTLS? {
        let certificate = required("certificate", .text)
        let key = required("key", .text)
        var settings = TLSSettings(certificate: absolute(certificate ?? ""), key: absolute(key ?? ""))
        settings.offersHTTP2 = offersHTTP2
        var authorities: String?
        read("client_ca", .text, into: &authorities)
        settings.clientCA = authorities.map(absolute)
        read("client_certificates", .word(), into: &settings.clientCertificates)
        read("minimum_version", .word(), into: &settings.minimumVersion)
        // Who looks at a gateway asks it by its certificate, and need not be able to read its key.
        let areHere = [("certificate", certificate), ("key", key), ("client_ca", authorities)].map { key, path in
            path.map { isHere(key, absolute($0)) == true } ?? true
        }
        if mayLack("key"), key == nil || areHere.contains(false) {
            return certificate.map { _ in Configuration.ServerTLS(settings: settings) }
        }
        // With a word that is none, the authorities are meant for something.
        if isFaulty("client_certificates"), authorities != nil { settings.clientCertificates = .optional }
        do throws(TLSFileFaults) {
            let material = try TLSMaterial(settings, read: readFile)
            return Configuration.ServerTLS(settings: settings, material: material)
        } catch {
            report(error.faults, of: settings)
            return nil
        }
    }

    /// Reports faults of files, but for keys that were not given. Whether certificate and key belong together is looked
    /// at for itself where the authorities are at fault.
    private func report(_ faults: [TLSFileFault], of settings: TLSSettings) {
        var faults = faults
        if faults.allSatisfy({ $0.key == .clientCA }) {
            var pair = settings
            (pair.clientCA, pair.clientCertificates) = (nil, .none)
            do throws(TLSFileFaults) { _ = try TLSMaterial(pair, read: readFile) } catch { faults += error.faults }
        }
        for fault in faults where isGiven(fault.key.rawValue) || fault.key == .clientCA {
            self.fault(fault.key.rawValue, fault.text)
        }
    }
}
