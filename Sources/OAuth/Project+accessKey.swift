package import GatewayCore

extension Project {
    /// The access key of that id, if the secret is its own.
    package func accessKey(_ id: some StringProtocol, secret: some StringProtocol) -> AccessKey? {
        guard let key = accessKeys.first(where: { $0.id.isExactly(id) }), key.secret.matches(secret) else { return nil }
        return key
    }
}
