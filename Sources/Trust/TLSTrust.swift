/// How the gateway speaks TLS with those that it calls: whom it believes, who it is, and from which version on.
///
/// Files are read for each new connection, so a file that was replaced counts from the next one.
package struct TLSTrust: Sendable, Hashable {
    /// A PEM file of the authorities that are believed in place of the system's.
    package var authorityFile: String?
    /// A folder of authorities, each under the hash of its name as `openssl rehash` makes it, that are believed in
    /// place of the system's, or beside those of `authorityFile`.
    package var authorityFolder: String?
    package var minimumVersion = Version.tls12
    /// What the peer has to have besides a valid certificate: the public key of one of these; none: any key.
    package var pins: [PublicKeyPin] = []
    /// What we show to a peer that asks who we are.
    package var identity: Identity?

    package init() {}

    /// The lowest version that is spoken, with those that the gateway calls and with those that call it.
    package enum Version: String, Sendable, CaseIterable {
        case tls12 = "1.2"
        case tls13 = "1.3"
    }

    /// A client certificate and its key.
    package struct Identity: Sendable, Hashable {
        /// A PEM file: the certificate, then those between it and its authority.
        package var certificateFile: String
        /// A PEM file: the key.
        package var keyFile: String
        /// What opens the key, where it is encrypted.
        package var passphrase: String?

        package init(certificateFile: String, keyFile: String, passphrase: String? = nil) {
            self.certificateFile = certificateFile
            self.keyFile = keyFile
            self.passphrase = passphrase
        }
    }
}

extension TLSTrust {
    /// These settings where a section says nothing of its own. Its authorities replace all of those here.
    package func overridden(
        authorityFile: String?, authorityFolder: String?, minimumVersion: Version?, pins: [PublicKeyPin] = [],
        identity: Identity? = nil
    ) -> TLSTrust {
        var trust = self
        if authorityFile != nil || authorityFolder != nil {
            (trust.authorityFile, trust.authorityFolder) = (authorityFile, authorityFolder)
        }
        trust.minimumVersion = minimumVersion ?? self.minimumVersion
        trust.pins = pins
        trust.identity = identity
        return trust
    }
}

/// For people, debuggers and logs: the files, never what opens the key.
extension TLSTrust.Identity: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { certificateFile }
    package var debugDescription: String { certificateFile }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
