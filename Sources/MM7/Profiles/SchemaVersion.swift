/// The MM7 schemas by namespace, and what each of them knows. (TS 23.140, annex L of each version)
public struct SchemaVersion: Sendable, Equatable {
    public var namespace: String
    /// The MM7Version that usually goes with the namespace; peers pair them freely.
    public var version: String
    public var elements: ElementSet
    /// The requests to a relay that it has.
    public var operations: OperationSet
    /// SenderAddress and Sender hold plain text, not an address element.
    public var hasPlainSender: Bool

    /// The schema of a namespace; nil for one that was never published.
    public static func named(_ namespace: String) -> SchemaVersion? {
        known.first { $0.namespace == namespace }
    }

    // Named by release and version: `REL-6-MM7-1-4` is `rel6MM714`.
    static let rel5MM710 = schema("REL-5-MM7-1-0", "5.3.0", .release5Initial, hasPlainSender: true)
    static let rel5MM711 = schema("REL-5-MM7-1-1", "5.5.0", .release5, hasPlainSender: true)
    static let rel5MM712 = schema("REL-5-MM7-1-2", "5.6.0", .release5)
    static let rel5MM713 = schema("REL-5-MM7-1-3", "5.8.0", .release5)
    static let rel5MM714 = schema("REL-5-MM7-1-4", "5.10.0", .release5)
    static let rel5MM715 = schema("REL-5-MM7-1-5", "5.10.0", .release5)
    static let rel6MM710 = schema("REL-6-MM7-1-0", "6.3.0", .release6, .all)
    static let rel6MM711 = schema("REL-6-MM7-1-1", "6.4.0", .release6, .all)
    static let rel6MM712 = schema("REL-6-MM7-1-2", "6.5.0", .release6, .all)
    static let rel6MM713 = schema("REL-6-MM7-1-3", "6.6.0", .release6, .all)
    static let rel6MM714 = schema("REL-6-MM7-1-4", "6.8.0", .release6, .all)

    /// All schemas from the oldest to the newest.
    public static let known: [SchemaVersion] = [
        .rel5MM710, .rel5MM711, .rel5MM712, .rel5MM713, .rel5MM714, .rel5MM715,
        .rel6MM710, .rel6MM711, .rel6MM712, .rel6MM713, .rel6MM714,
    ]

    private static func schema(
        _ suffix: String, _ version: String, _ elements: ElementSet, _ operations: OperationSet = .base,
        hasPlainSender: Bool = false
    ) -> SchemaVersion {
        SchemaVersion(
            namespace: "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/" + suffix,
            version: version,
            elements: elements,
            operations: operations,
            hasPlainSender: hasPlainSender
        )
    }
}
