import GatewayCore

extension Configuration {
    /// The secrets by which others identify themselves and that are so short that guessing finds them, each by the key
    /// that has it: the gateway slows guesses down, but lists of common words are short.
    package var shortSecrets: [String] {
        let plans = directory.servicePlans.values.filter { $0.apiTokens.contains(where: \.isShort) }
            .map { "a token in api_tokens of the service plan \($0.id)" }
        let keys = directory.projects.values.flatMap { project in
            project.accessKeys.filter { Self.isShort($0.secret) }.map { "the secret of the access key \($0.id)" }
        }
        let posts = directory.mmscs.values.filter { $0.callback.login.map { Self.isShort($0.password) } ?? false }
            .map { "callback.password of the MMSC \($0.name)" }
        let operators = operations.users.filter(\.password.isShort)
            .map { "the password in operations.users of \($0.username)" }
        return [plans, keys, posts, operators].flatMap { $0.sorted() }
    }

    private static func isShort(_ secret: Secret) -> Bool { KnownSecret(secret).isShort }
}
