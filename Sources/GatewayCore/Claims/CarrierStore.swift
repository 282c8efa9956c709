/// The carriers of the messages that wait, and how a reload changes them.
package protocol CarrierStore: Sendable {
    /// The carriers for which messages wait that are due, now or later.
    func waitingCarriers() async throws(StoreFailure) -> [Carriers]
    /// Gives messages that wait for MMSCs which take nothing any more to those that routes now name, as
    /// `Carriers.rerouted` decides. What an MMSC may have stays with it.
    ///
    /// Several processes may ask at once, each by the configuration that it has read: the last one decides, and no
    /// message is rerouted while it is claimed.
    ///
    /// - Parameters:
    ///   - cursor: where the last call ended; nil for the first.
    ///   - limit: messages looked at in one call.
    ///   - open: the MMSCs that take messages; every other is gone.
    /// - Returns: where to go on; nil when all that waits has been looked at.
    func reroute(
        from cursor: WaitingCursor?, limit: Int, routes: Routes, among open: Set<String>
    ) async throws(StoreFailure) -> WaitingCursor?
}

/// Counts of open messages.
package protocol OpenMessageReader: Sendable {
    /// How many messages are open at each MMSC. It counts them all, so it is called now and then only.
    func openMessages() async throws(StoreFailure) -> [OpenMessages]
}
