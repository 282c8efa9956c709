import FoundationEssentials
package import GatewayCore

/// All that `find` found. Its coding keys are the JSON form; times are ISO 8601 in UTC.
package struct FindBody: Sendable, Encodable, Equatable {
    /// The newest first.
    let messages: [Item]
    /// Whether there are older ones beyond the limit.
    let hasMore: Bool

    struct Item: Sendable, Encodable, Equatable {
        let id: String
        /// `out` for a message of a customer, `in` for one from a handset.
        let direction: String
        let at: String
        /// The subscriber's.
        let number: String
        /// The state of a message of a customer.
        var state: String?
        var batch: String?
        /// The number that a handset sent to.
        var to: String?
        let mmsc: String?
        /// Nil for an unowned message.
        let owner: String?
        let reference: String?

        enum CodingKeys: String, CodingKey {
            case id, direction, at, number, state, batch, to, mmsc, owner
            case reference = "client_reference"
        }

        init(_ finding: Finding) {
            id = finding.id.description
            at = finding.at.inUTC
            number = finding.number
            mmsc = finding.mmsc
            owner = finding.owner?.inWords
            reference = finding.reference
            switch finding.direction {
            case .outbound(let state, let batch):
                direction = "out"
                self.state = state.inWords
                self.batch = batch.description
            case .inbound(let to):
                direction = "in"
                self.to = to
            }
        }
    }

    enum CodingKeys: String, CodingKey {
        case messages
        case hasMore = "has_more"
    }

    package init(_ findings: [Finding], hasMore: Bool) {
        messages = findings.map(Item.init)
        self.hasMore = hasMore
    }

    package var isEmpty: Bool { messages.isEmpty }

    /// The list for a terminal that shows colours.
    package var styled: StyledText {
        var table = TextTable(
            ("at", .left), ("id", .left), ("number", .left), ("state", .left), ("MMSC", .left), ("of", .left),
            ("reference", .left))
        for message in messages {
            let state = message.state.map { StyledText.state($0) } ?? StyledText("came to \(message.to ?? "-")")
            table.add([
                StyledText(message.at), StyledText(message.id), StyledText(message.number), state,
                StyledText(message.mmsc ?? "-"), StyledText(message.owner ?? "nobody: in quarantine"),
                StyledText(message.reference ?? ""),
            ])
        }
        let rest = hasMore ? ["", StyledText("There are older ones; --limit shows more.")] : []
        return (table.lines + rest).joined
    }
}
