/// Why a peer refuses a message, where its status code says it. (TS 23.140, 8.7.8.3)
public enum RefusalReason: Sendable, Hashable, CaseIterable {
    /// The number is not known or not served.
    case invalidRecipient
    /// The number wants no messages.
    case recipientBlocked
    /// The content is of a kind that is not taken.
    case contentRejected
    case messageTooLarge
    /// The peer could not get the media.
    case mediaUnreachable
    /// The sender's account is not served any more.
    case senderInactive
    /// The account is not set up for this.
    case notProvisioned
    /// The peer does not know the sender by what the sender says of itself.
    case badConfiguration
}

/// The reasons that the status codes of a peer name; every other code names none. (TS 23.140, 8.7.8.3)
public struct RefusalReasons: Sendable, Equatable {
    private var entries: [StatusCode: RefusalReason]

    init(_ entries: [Int: RefusalReason]) {
        self.entries = Dictionary(uniqueKeysWithValues: entries.map { (StatusCode(rawValue: $0), $1) })
    }

    public subscript(code: StatusCode) -> RefusalReason? {
        get { entries[code] }
        set { entries[code] = newValue }
    }

    /// The table of the specification. (TS 23.140, 8.7.8.3)
    public static let standard = RefusalReasons([
        2002: .invalidRecipient, 2003: .invalidRecipient, 2004: .contentRejected,
    ])

    /// The Sinch service: 2000, 3001 and 3003 mean other things than in the specification, and 25xx is its own. 2550,
    /// 2551 and 3520 end a message only where the operator sets that; otherwise the message waits for a repair.
    public static let sinch = RefusalReasons([
        2000: .badConfiguration, 2002: .invalidRecipient, 2003: .invalidRecipient, 2004: .contentRejected,
        2502: .invalidRecipient, 2550: .senderInactive, 2551: .notProvisioned, 2560: .messageTooLarge,
        2561: .badConfiguration, 2562: .badConfiguration, 2563: .badConfiguration, 2564: .badConfiguration,
        2568: .badConfiguration,
        3001: .recipientBlocked, 3003: .mediaUnreachable, 3520: .notProvisioned,
    ])
}
