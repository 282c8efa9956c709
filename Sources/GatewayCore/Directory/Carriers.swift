/// The MMSCs that may carry a message, the first choice first.
package struct Carriers: Sendable, Hashable {
    /// Their names; never empty.
    package let names: [String]
    /// Whether the only one has been chosen for good: an earlier SubmitReq may have arrived there, and what has arrived
    /// must not be sent to another.
    package let isSettled: Bool

    /// - Returns: nil where there is nobody to carry.
    package init?(_ names: [String]) {
        guard !names.isEmpty else { return nil }
        self.names = names
        isSettled = false
    }

    /// The MMSC that may have the message.
    package init(settledOn name: String) {
        names = [name]
        isSettled = true
    }

    /// Who takes the message over at this moment.
    ///
    /// - Parameter isAvailable: whether an MMSC takes messages. The one that may have the message keeps it in any case.
    package func carrier(where isAvailable: (String) -> Bool) -> String? {
        isSettled ? names.first : names.first(where: isAvailable)
    }
}

extension Carriers: LosslessStringConvertible {
    /// The names with a blank between them, and `=` before the one that was chosen for good. Names have neither.
    package var description: String { (isSettled ? "=" : "") + names.joined(separator: " ") }

    package init?(_ description: String) {
        if description.first == "=" {
            let name = description.dropFirst()
            guard !name.isEmpty else { return nil }
            self.init(settledOn: String(name))
        } else {
            self.init(description.split(separator: " ").map(String.init))
        }
    }
}

extension Carriers {
    /// Who carries a message that waits for MMSCs which are gone, as routes lead now; nil where it stays where it is,
    /// until its MMSC comes back or its time is over.
    ///
    /// - Parameter open: the MMSCs that take messages; every other is gone.
    package func rerouted(for recipient: MSISDN, by routes: Routes, among open: Set<String>) -> Carriers? {
        guard !isSettled, open.isDisjoint(with: names), let others = routes.carriers(for: recipient),
            !open.isDisjoint(with: others.names)
        else { return nil }
        return others
    }
}
