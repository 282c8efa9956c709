import ArgumentParser
import HTTPServing
import MockMMSC
import Trust

/// The certificates of the mock MMSC, of those that post to it, and of the gateway that it posts to. All are PEM files.
struct MMSCTLSOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Serves over TLS with this certificate.", valueName: "FILE"), completion: .file())
    var certificate: String?

    @Option(help: ArgumentHelp("The key of the certificate.", valueName: "FILE"), completion: .file())
    var key: String?

    @Option(
        help: ArgumentHelp("Posts need a certificate that one of these authorities signed.", valueName: "FILE"),
        completion: .file())
    var clientCA: String?

    @Option(
        help: ArgumentHelp(
            "The authorities that the certificate of --callback-url is checked by, in place of the system's.",
            valueName: "FILE"),
        completion: .file())
    var callbackCA: String?

    @Option(
        help: ArgumentHelp("The certificate that reports are posted with.", valueName: "FILE"), completion: .file())
    var callbackCertificate: String?

    @Option(help: ArgumentHelp("The key of --callback-certificate.", valueName: "FILE"), completion: .file())
    var callbackKey: String?

    func validate() throws {
        guard (certificate == nil) == (key == nil) else {
            throw ValidationError("--certificate and --key belong together")
        }
        guard clientCA == nil || certificate != nil else {
            throw ValidationError("--client-ca needs --certificate and --key")
        }
        guard (callbackCertificate == nil) == (callbackKey == nil) else {
            throw ValidationError("--callback-certificate and --callback-key belong together")
        }
    }

    /// - Throws: `ValidationError` where a file cannot be used.
    func apply(to configuration: inout MockMMSC.Configuration) throws {
        if let certificate, let key {
            var settings = TLSSettings(certificate: certificate, key: key)
            settings.clientCA = clientCA
            settings.clientCertificates = clientCA == nil ? .none : .required
            do throws(TLSFileFaults) { _ = try TLSMaterial(settings) } catch {
                throw ValidationError("--\(error)")
            }
            configuration.tls = settings
        }
        guard callbackCA != nil || callbackCertificate != nil else { return }
        var trust = TLSTrust()
        trust.authorityFile = callbackCA
        if let callbackCertificate, let callbackKey {
            trust.identity = .init(certificateFile: callbackCertificate, keyFile: callbackKey)
        }
        configuration.callbackTrust = trust
    }
}
