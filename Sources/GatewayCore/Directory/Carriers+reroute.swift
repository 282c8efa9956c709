extension Carriers {
    /// Who carries a message that waits for MMSCs which are gone, as routes lead now; nil where it stays where it is,
    /// until its MMSC comes back or its time is over.
    ///
    /// - Parameter isGone: whether the configuration has an MMSC no more.
    package func rerouted(for recipient: MSISDN, by routes: Routes, isGone: (String) -> Bool) -> Carriers? {
        guard !isSettled, names.allSatisfy(isGone), let others = routes.carriers(for: recipient),
            !others.names.allSatisfy(isGone)
        else { return nil }
        return others
    }
}
