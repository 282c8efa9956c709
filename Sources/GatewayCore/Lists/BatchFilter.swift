package import FoundationEssentials

/// Which batches of an owner a list holds.
package struct BatchFilter: Sendable, Equatable {
    /// Takes batches of these originators alone; empty takes all.
    package var originators: Set<String>
    /// Created at this moment or later.
    package var from: Date
    /// Created before this moment.
    package var until: Date?
    /// Takes batches that the customer gave this name alone.
    package var reference: String?

    package init(
        originators: Set<String> = [], from: Date, until: Date? = nil, reference: String? = nil
    ) {
        self.originators = originators
        self.from = from
        self.until = until
        self.reference = reference
    }
}
