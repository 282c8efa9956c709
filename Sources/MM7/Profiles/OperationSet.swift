/// The requests that a relay takes; what it posts itself is always read. (TS 23.140, 8.7)
public struct OperationSet: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let submit = OperationSet(rawValue: 1 << 0)
    public static let cancel = OperationSet(rawValue: 1 << 1)
    public static let replace = OperationSet(rawValue: 1 << 2)
    /// Rarely found. (R6)
    public static let extendedCancel = OperationSet(rawValue: 1 << 3)
    /// Rarely found. (R6)
    public static let extendedReplace = OperationSet(rawValue: 1 << 4)

    /// The requests that every schema has.
    public static let base: OperationSet = [.submit, .cancel, .replace]

    /// All that release 6 has.
    public static let all: OperationSet = [.submit, .cancel, .replace, .extendedCancel, .extendedReplace]

    /// The requests by their names in configuration files.
    public static let named: [String: OperationSet] = [
        "submit": .submit, "cancel": .cancel, "replace": .replace, "extended_cancel": .extendedCancel,
        "extended_replace": .extendedReplace,
    ]

    /// The set that holds a request to a relay; nil for every other operation.
    init?(request: Operation) {
        switch request {
        case .submitReq: self = .submit
        case .cancelReq: self = .cancel
        case .replaceReq: self = .replace
        case .extendedCancelReq: self = .extendedCancel
        case .extendedReplaceReq: self = .extendedReplace
        default: return nil
        }
    }
}
