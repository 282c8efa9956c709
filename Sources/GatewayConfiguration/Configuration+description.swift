import ConfigurationReading
import GatewayCore

/// What `check-config` prints: the values in force, with secrets masked, in the form of the file itself.
extension Configuration: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String {
        var text = effective.json5()
        if server.publicURL == nil {
            text += "\n// server.public_url is not set: links to media begin with \(server.linkBase)"
        }
        for path in keysOfShortSecrets {
            text += "\n// \(path) is shorter than \(Self.shortSecret) characters and can be guessed: make a longer one"
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

    /// The keys of secrets by which outsiders identify themselves and that are so short that guessing finds them: the
    /// gateway slows guesses down, but lists of common words are short.
    private var keysOfShortSecrets: [String] {
        let plans = directory.servicePlans.values.filter { $0.apiTokens.contains(where: Self.isShort) }
            .map { "a token in api_tokens of the service plan \($0.id)" }
        let keys = directory.projects.values.flatMap { project in
            project.accessKeys.filter { Self.isShort($0.secret) }.map { "the secret of the access key \($0.id)" }
        }
        let posts = directory.mmscs.values.filter { $0.callback.login.map { Self.isShort($0.password) } ?? false }
            .map { "callback.password of the MMSC \($0.name)" }
        return [plans, keys, posts].flatMap { $0.sorted() }
    }

    private static let shortSecret = 16

    private static func isShort(_ secret: Secret) -> Bool { secret.reveal().utf8.count < shortSecret }

    package var debugDescription: String { description }
}
