import ConfigurationReading
import FoundationEssentials
import GatewayCore

/// What `check-config` prints: the values in force, with secrets masked, in the form of the file itself.
extension Configuration: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String {
        var text = effective.json5()
        if server.publicURL == nil {
            text += "\n// server.public_url is not set: links to media begin with \(server.linkBase)"
        }
        for note in notesOnCertificates(at: Date()) + notesOnClientCertificates(at: Date()) { text += "\n// \(note)" }
        for secret in shortSecrets {
            text +=
                "\n// \(secret) is shorter than \(Secret.shortBelow) characters and can be guessed: make a longer one"
        }
        if operations.isOpenToOthers {
            text +=
                "\n// operations.listen takes calls from other machines, and operations.users is empty: whoever reaches it reads /metrics"
        }
        for path in keysOfRefusedTargets {
            text += "\n// \(path) has an address that is not public: it is not called unless egress.allow lists it"
        }
        if hasTargetsByName {
            text +=
                "\n// names in callback addresses are not looked up here: what is behind them may not be public either"
        }
        for absence in absences { text += "\n// not checked: \(absence)" }
        return text + "\n// configuration is valid" + (absences.isEmpty ? "" : " as far as it is here")
    }

    package var debugDescription: String { description }
}
