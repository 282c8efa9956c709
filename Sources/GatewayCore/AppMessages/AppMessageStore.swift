package import FoundationEssentials

/// The messages of apps, as they send and list them.
package protocol AppMessageStore: Sendable {
    /// Takes messages, each a batch of its own, all or none. Messages that are final already cause their events.
    ///
    /// - Parameters:
    ///   - answer: kept in the same commit; where its key has an answer already, that comes back and nothing is taken.
    ///   - limits: how many messages may wait for an MMSC.
    func insert(
        _ messages: [AppSend], keeping answer: KeptAnswer?, limits: QueueLimits
    ) async throws(StoreFailure) -> InsertResult
    /// A message that lists have, unless it does not exist or is another project's.
    func appMessage(
        _ id: ULID, of project: String, now: Date
    ) async throws(StoreFailure) -> ListedAppMessage?
    /// Newest first. Where few of many messages are wanted, a slice may be shorter than the limit, even empty, and say
    /// where the list goes on: no call looks at more than a bounded number of messages.
    ///
    /// - Parameter cursor: where the list goes on; nil for its beginning.
    func appMessages(
        of project: String, matching filter: AppMessageFilter, after cursor: ListCursor?, limit: Int, now: Date
    ) async throws(StoreFailure) -> ListSlice<ListedAppMessage>
    /// The newest message with each identity, or with each contact where contacts are asked for; newest first. Slices
    /// are as those of `appMessages`. One that is the last of its kind behind thousands of others may be missed.
    func lastAppMessages(
        of project: String, matching filter: AppMessageFilter, after cursor: ListCursor?, limit: Int, now: Date
    ) async throws(StoreFailure) -> ListSlice<ListedAppMessage>
    /// Takes a message out of all lists. What was sent goes on.
    func removeAppMessage(_ id: ULID, of project: String) async throws(StoreFailure) -> Bool
    /// Gives an inbound message another echo, as long as it has this one.
    func setEcho(
        _ echo: Echo, of inbound: Inbound.ID, replacing old: Echo, of owner: Owner
    ) async throws(StoreFailure) -> Bool
    /// What an app sent from a number to another since a time, newest first: the messages whose echo says that they
    /// offer something to answer with.
    func offers(
        of owner: Owner, from sender: String, to number: String, since: Date, limit: Int
    ) async throws(StoreFailure) -> [AppOffer]
    /// How many messages of each of these apps of a project wait for an MMSC, in their order.
    func waitingMessages(of apps: [String], in project: String) async throws(StoreFailure) -> [Int]
    /// Removes entries whose time is over; returns how many.
    func dropAppMessages(keptUntil now: Date, limit: Int) async throws(StoreFailure) -> Int
    /// Forgets what was offered before a time; returns how much.
    func dropOffers(before: Date, limit: Int) async throws(StoreFailure) -> Int
}

/// A message that offers its recipient something to answer with.
package struct AppOffer: Sendable, Equatable {
    package let message: Message.ID
    /// Without parameters. Its echo has what is offered.
    package let batch: Batch

    package init(_ message: Message.ID, of batch: Batch) {
        self.message = message
        self.batch = batch
    }
}

/// The most messages that may wait for an MMSC; nil for no limit.
package struct QueueLimits: Sendable, Equatable {
    /// The limit of all customers together.
    package var all: Int?
    /// The limit of the app alone.
    package var own: Int?

    package init(all: Int? = nil, own: Int? = nil) {
        self.all = all
        self.own = own
    }
}

/// A message on its way from an app to one recipient.
package struct AppSend: Sendable, Equatable {
    /// A batch of one recipient.
    package let batch: Batch
    package let message: Message
    /// Nil where no list is to have it.
    package let entry: AppMessageEntry?
    /// Whether it goes before all others of its customer.
    package let isUrgent: Bool
    /// How many messages the request had that it comes from: small ones take turns with large ones.
    package let siblings: Int
    /// Whether it offers its recipient something to answer with.
    package let isOffer: Bool

    package init(
        _ batch: Batch, _ message: Message, entry: AppMessageEntry?, isUrgent: Bool = false, siblings: Int = 1,
        isOffer: Bool = false
    ) {
        self.batch = batch
        self.message = message
        self.entry = entry
        self.isUrgent = isUrgent
        self.siblings = siblings
        self.isOffer = isOffer
    }
}
