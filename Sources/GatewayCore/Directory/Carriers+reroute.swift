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
