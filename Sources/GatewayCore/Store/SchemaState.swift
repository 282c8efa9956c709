/// The steps of a store's tables that were made, and those that this release knows.
package struct SchemaState: Sendable, Equatable {
    /// The number of the last step that was made; 0 where there are no tables yet.
    package var present: Int
    /// The number of the last step that this release knows.
    package var newest: Int

    package init(present: Int, newest: Int) {
        (self.present, self.newest) = (present, newest)
    }

    /// What a start of this release does to the store, for a person.
    package var plan: String {
        if present > newest {
            return "the store has schema \(present), this release knows those up to \(newest): it does not start on it"
        }
        if present == newest { return "the store has schema \(present), as this release has it: nothing is to be done" }
        let steps = (present + 1...newest).map(String.init).joined(separator: ", ")
        return present == 0
            ? "there is no store yet: a start makes one, by the steps \(steps)"
            : "the store has schema \(present): a start makes the steps \(steps), and no earlier release starts on it then"
    }
}
