import ArgumentParser
import Trust

/// Who a command is to a server of the gateway that asks for client certificates.
struct IdentityOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A client certificate in PEM, where client_certificates of the server's tls asks for one.",
            valueName: "FILE"), completion: .file())
    var certificate: String?

    @Option(help: ArgumentHelp("Its key, without a passphrase.", valueName: "FILE"), completion: .file())
    var key: String?

    func validate() throws {
        guard (certificate == nil) == (key == nil) else {
            throw ValidationError("--certificate and --key belong together")
        }
    }

    /// Nil where none was given.
    var identity: TLSTrust.Identity? {
        guard let certificate, let key else { return nil }
        return TLSTrust.Identity(certificateFile: certificate, keyFile: key)
    }
}
