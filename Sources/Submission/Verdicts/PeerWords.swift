import GatewayCore

/// Makes what an MMSC or the network says about an exchange fit to be kept, logged and shown to the customer.
enum PeerWords {
    /// The text without our identification at the MMSC, which may be a key, and fit for a log.
    static func presentable(_ text: String, from mmsc: MMSC) -> String {
        let beginning = String(decoding: text.utf8.prefix(PeerText.limit * 8), as: UTF8.self)
        return PeerText(withoutSecrets(beginning, of: mmsc)).description
    }

    /// The text without our identification at the MMSC.
    static func withoutSecrets(_ text: String, of mmsc: MMSC) -> String {
        var text = text
        let secrets = [mmsc.vaspID, mmsc.vasID, mmsc.login?.username, mmsc.login?.password.reveal()].compactMap(\.self)
        // The longest first: otherwise the end of a secret that begins with another one would remain.
        for secret in secrets.sorted(by: { $0.count > $1.count }) where secret.count >= 3 {
            text = text.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "•••")
        }
        return text
    }

    /// The beginning of an answer, for the history of a message.
    static func excerpt(of body: [UInt8]) -> String {
        String(decoding: body.prefix(excerptLimitBytes), as: UTF8.self)
    }

    private static let excerptLimitBytes = 2000
}
