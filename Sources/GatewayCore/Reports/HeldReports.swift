/// Reports that overtook the answer that names their messages, in the order in which they came.
package struct HeldReports: Sendable {
    /// The most reports that are held.
    package static let limit = 100_000
    /// How long one is held: a message whose answer was lost may be asked for again as long as it lives.
    package static let life = Duration.seconds(3 * 86_400)

    /// A held report, with the number that its store gave it.
    package struct Held: Sendable, Equatable {
        package let id: Int
        package let report: DeliveryReport

        package init(id: Int, report: DeliveryReport) {
            self.id = id
            self.report = report
        }
    }

    /// The effect of a report that is no longer held.
    package struct Released: Sendable, Equatable {
        package let held: Held
        /// The message that it is about.
        package let message: Message.ID
        /// Nil where it says nothing new.
        package let change: MessageChange?
    }

    private let reports: [Held]

    package init(_ reports: [Held]) {
        self.reports = reports
    }

    /// What the reports do to the messages that an answer has named, as the answer left them.
    ///
    /// A report that fits none of them stays, for another answer may name the same MessageID.
    package func released(by accepted: [StoredMessage]) -> [Released] {
        var messages = accepted
        var released: [Released] = []
        for held in reports {
            guard let match = held.report.match(among: messages) else { continue }
            let change = match.applying(held.report)
            released.append(Released(held: held, message: match.id, change: change))
            if let change, let index = messages.firstIndex(where: { $0.id == match.id }) {
                messages[index] = change.message
            }
        }
        return released
    }
}
