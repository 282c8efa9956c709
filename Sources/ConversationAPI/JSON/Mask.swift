import GatewayCore

/// What stands in the place of a secret that is not given back.
enum Mask {
    static let text = "••••••••"
    /// Why it is refused where there is nothing that it stands for.
    static let problem = "is a mask in the place of a secret that is not known here"

    /// Members that say who somebody is and open nothing.
    static let openNames: Set = [
        "account_id", "default_sender", "username", "claimed_identity", "client_id", "endpoint", "scope",
        "response_type", "token_request_type", "channel",
    ]
    /// Members of webhooks and apps in which secrets are that sign callbacks.
    static let signingNames = ["secret", "callback_settings"]
}

extension JSONValue {
    /// The same with a mask for every text but those that are no secrets. An empty text stays.
    var masked: JSONValue { masked(isSecret: true) }

    private func masked(isSecret: Bool) -> JSONValue {
        switch self {
        case .null, .bool: self
        case .number: isSecret ? .string(Mask.text) : self
        case .string(let text): text.isEmpty || !isSecret ? self : .string(Mask.text)
        case .array(let elements): .array(elements.map { $0.masked(isSecret: isSecret) })
        case .object(let members):
            .object(
                members.map { Member($0.name, $0.value.masked(isSecret: !Mask.openNames.contains($0.name))) })
        }
    }

    /// An app or a webhook as its answer is kept for a repeat: the secrets that sign callbacks are in clear in answers, but
    /// not in the store.
    var withoutSigningSecrets: JSONValue {
        var json = self
        for name in Mask.signingNames { json[name] = json[name]?.masked }
        return json
    }

    /// Whether a mask stands in it in the place of a text.
    var hasMask: Bool {
        switch self {
        case .string(let text): text == Mask.text
        case .array(let elements): elements.contains(where: \.hasMask)
        case .object(let members): members.contains(where: \.value.hasMask)
        case .null, .bool, .number: false
        }
    }

    /// The same with what another value has where masks stand in the place of secrets that sign callbacks.
    func withSigningSecrets(of other: JSONValue) -> JSONValue {
        var json = self
        for name in Mask.signingNames {
            json[name] = json[name].map { secret in other[name].map { secret.unmasked(from: $0) } ?? secret }
        }
        return json
    }

    /// The same with the texts of another value in the places where this one has masks.
    func unmasked(from other: JSONValue) -> JSONValue {
        switch self {
        case .string(Mask.text): return other
        case .object(let members):
            return .object(
                members.map { member in
                    Member(member.name, other[member.name].map { member.value.unmasked(from: $0) } ?? member.value)
                })
        case .array(let elements):
            guard case .array(let others) = other, others.count == elements.count else { return self }
            return .array(zip(elements, others).map { $0.unmasked(from: $1) })
        case .null, .bool, .number, .string: return self
        }
    }
}
