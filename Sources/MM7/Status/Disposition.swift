/// What a sender does after a status code. The raw values are words for configuration files. (TS 23.140, 8.7.8.3)
public enum Disposition: String, Sendable, Hashable, CaseIterable {
    /// The whole request was taken.
    case accepted
    /// Some recipients were taken and must not be sent to again.
    case partlyAccepted = "partly_accepted"
    /// The same request would get the same answer.
    case permanent
    /// Try again, with growing pauses.
    case retry
    /// Try again, but only two or three times.
    case retryLimited = "retry_limited"
    /// Permanent until the configuration or the account is repaired; worth an alarm.
    case fixConfiguration = "fix_configuration"
    /// Try again with one recipient per request.
    case split
}

/// The dispositions of the codes that a peer defines; every other code is treated by its class. (TS 23.140, 8.7.8.3)
public struct DispositionTable: Sendable, Equatable {
    private var entries: [StatusCode: Disposition]
    /// The disposition of unknown 2xxx codes, where the peer gives 2000 a meaning of its own.
    private var unknownClientError: Disposition?

    init(_ entries: [Int: Disposition], unknownClientError: Disposition? = nil) {
        self.entries = Dictionary(uniqueKeysWithValues: entries.map { (StatusCode(rawValue: $0), $1) })
        self.unknownClientError = unknownClientError
    }

    /// Unknown codes are treated by their class, codes outside the four classes like 3000.
    public subscript(code: StatusCode) -> Disposition {
        get {
            if let known = entries[code] { return known }
            if let unknownClientError, code.classCode == .clientError { return unknownClientError }
            return entries[code.classCode] ?? .retry
        }
        set { entries[code] = newValue }
    }

    /// The table of the specification. (TS 23.140, 8.7.8.3)
    public static let standard = DispositionTable([
        1000: .accepted, 1100: .partlyAccepted,
        2000: .permanent, 2001: .fixConfiguration, 2002: .permanent, 2003: .permanent, 2004: .permanent,
        2005: .permanent, 2006: .permanent, 2007: .permanent, 2008: .permanent, 2009: .permanent,
        3000: .retry, 3001: .permanent, 3002: .permanent, 3003: .split, 3004: .permanent,
        4000: .retryLimited, 4001: .fixConfiguration, 4002: .fixConfiguration, 4003: .fixConfiguration,
        4004: .permanent, 4005: .permanent, 4006: .retry, 4007: .fixConfiguration, 4008: .permanent,
    ])

    /// The table of the Sinch service: 3001, 3002 and 3003 have other meanings than in the specification, and 25xx are
    /// its own codes.
    public static let sinch = DispositionTable(
        [
            1000: .accepted, 1100: .partlyAccepted,
            2000: .fixConfiguration, 2001: .fixConfiguration, 2002: .permanent, 2004: .permanent, 2007: .permanent,
            2500: .permanent, 2502: .permanent, 2503: .split, 2504: .permanent, 2505: .fixConfiguration,
            2506: .permanent, 2507: .fixConfiguration, 2510: .permanent, 2511: .permanent, 2512: .permanent,
            2513: .permanent, 2514: .permanent, 2515: .permanent, 2550: .fixConfiguration, 2551: .fixConfiguration,
            2560: .permanent, 2561: .fixConfiguration, 2562: .fixConfiguration, 2563: .fixConfiguration,
            2564: .fixConfiguration, 2565: .permanent, 2566: .permanent, 2567: .permanent, 2568: .fixConfiguration,
            2569: .retry, 2571: .permanent, 2572: .permanent,
            3000: .retry, 3001: .permanent, 3002: .permanent, 3003: .retryLimited,
            // The carrier may have taken the message before the time-out: few tries, since each may be a duplicate.
            3500: .retryLimited,
            3510: .retry, 3520: .fixConfiguration,
            4000: .retryLimited, 4001: .fixConfiguration, 4002: .permanent, 4003: .permanent, 4004: .permanent,
            4005: .permanent, 4006: .retry, 4007: .permanent, 4008: .permanent,
        ], unknownClientError: .permanent)
}
