/// What a customer wants to be notified of. The bits are kept in the database.
package struct Interest: OptionSet, Sendable, Hashable {
    package let rawValue: Int

    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// A call for each message that an MMSC has taken.
    package static let submitted = Interest(rawValue: 1)
    /// A call for each message, at its final state.
    package static let final = Interest(rawValue: 2)
    /// One call when every message is final, with counts alone.
    package static let endSummary = Interest(rawValue: 4)
    /// One call when every message is final, with the recipients.
    package static let endFull = Interest(rawValue: 8)
    /// A call for each message that a handset sends.
    package static let inbound = Interest(rawValue: 16)

    /// Whether the customer is notified of each message that comes into a state.
    package func includes(_ state: MessageState) -> Bool {
        contains(.final) && state.isFinal || contains(.submitted) && state.isHandedOver
    }

    /// Whether the customer is notified of the end of the whole batch.
    package var includesEndOfBatch: Bool { !isDisjoint(with: [.endSummary, .endFull]) }
}

extension Interest: CustomStringConvertible {
    /// For operators: words with a blank between them, or `nothing`.
    package var description: String {
        let words: [(Interest, String)] = [
            (.submitted, "submitted"), (.final, "final"), (.endSummary, "end_summary"), (.endFull, "end_full"),
            (.inbound, "inbound"),
        ]
        let wanted = words.filter { contains($0.0) }.map(\.1)
        return wanted.isEmpty ? "nothing" : wanted.joined(separator: " ")
    }
}
