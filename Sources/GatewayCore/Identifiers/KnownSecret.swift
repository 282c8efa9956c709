/// What the gateway knows of a secret that a caller has to bring: its text, or its hash alone. With the hash nobody can
/// call, so that whoever reads the configuration is no customer.
package struct KnownSecret: Sendable {
    /// The secret; nil where the hash alone is known.
    package let text: Secret?
    private let hash: SecretHash

    package init(_ secret: Secret) {
        text = secret
        hash = SecretHash(of: secret.reveal())
    }

    package init(_ hash: SecretHash) {
        text = nil
        self.hash = hash
    }

    /// Reads a value of the configuration. A text that begins with `sha256:` is never the secret itself; nil where no
    /// hash follows.
    package init?(configured text: String) {
        guard SecretHash.isAnnounced(in: text) else {
            self.init(Secret(text))
            return
        }
        guard let hash = SecretHash(text) else { return nil }
        self.init(hash)
    }

    /// Whether guessing finds the secret. A hash does not show it.
    package var isShort: Bool { text.map { $0.reveal().utf8.count < Secret.shortBelow } ?? false }

    /// Whether what a caller brought is the secret, in a time that depends on the lengths alone.
    ///
    /// - Parameter given: with its hash where one of those that are compared is known by its hash alone.
    func matches(_ given: some StringProtocol, _ givenHash: SecretHash?) -> Bool {
        if let text { return text.matches(given) }
        return givenHash.map(hash.matches) ?? false
    }
}

/// A secret and its hash are the same.
extension KnownSecret: Hashable {
    package static func == (left: KnownSecret, right: KnownSecret) -> Bool { left.hash == right.hash }

    package func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}

extension Sequence<KnownSecret> {
    /// Whether one of them is what a caller brought. All are compared, so that the time does not show which; it is hashed
    /// once, and not at all where every text is known.
    package func accept(_ given: some StringProtocol) -> Bool {
        let hash = contains { $0.text == nil } ? SecretHash(of: given) : nil
        return reduce(false) { found, secret in secret.matches(given, hash) || found }
    }
}

extension Secret {
    /// The characters below which a secret can be guessed: lists of common words are short.
    package static let shortBelow = 16

    /// A new secret of 43 letters and digits, which are 256 bits.
    package static func random(_ random: RandomSource = .system) -> Secret {
        var random = random
        let characters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        return Secret(String((0..<43).map { _ in characters[Int.random(in: characters.indices, using: &random)] }))
    }
}
