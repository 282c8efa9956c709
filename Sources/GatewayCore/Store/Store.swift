/// Everything durable. A call that returns has been committed: it survives the end of the process and of the machine.
///
/// Services meet here and never in each other; each takes the one or two of these roles that it needs, in the words of the
/// domain. What is said here holds for all of them.
///
/// **Claims.** What is claimed belongs to the process that asked for it, until it is answered or the claim is over. It
/// is over when its lease has ended and its holder does not name it as going on; or when the process that holds it has
/// ended, whatever the lease says. How a store knows the second is up to the store: one that a single process may open
/// knows it at its opening, when every claim is over; one that several share keeps a lease of each process. The claims
/// of a process that goes on are ended by no other before their time. An answer to a claim that is over changes nothing
/// but what its `record` says.
///
/// **Order.** Every call is one commit, or says that it is several. Two that meet in a message, a batch, a group or a
/// key happen one after the other, in whichever process they were made; a report and the acceptance that it waits for
/// are such calls too, so that neither misses the other.
///
/// **Closures.** A store may call one again where it makes a commit again, and keeps only what the last call gave. It runs
/// in the caller's process, in the time of a commit: it decides from what it is given and does no I/O.
///
/// **Time.** `now` is the caller's. A store that several processes share may take its own clock's instead, so that no two
/// differ on what is due.
///
/// **Signals.** `WorkSignals` says that work is due. They save waiting, and nothing depends on them.
package protocol Store: BatchStore, BatchReader, FateReader, AnswerStore, GroupStore, InboundStore, InboundReader,
    UploadQueue, MediaQueue, MediaNeeds, SubmissionQueue, ContentReader, CarrierStore, OpenMessageReader,
    CancellationQueue, ReportStore, CallQueue, AppStore, AppMessageStore, UnreadInbounds, ContactStore,
    ConversationStore, AppBatchStore, RetentionStore, Upkeep, StoreStart
{
    /// Whether a commit can be made now.
    func check() async throws(StoreFailure)
    /// Ends what was asked for and lets go of the store. Later calls fail with `.closed`.
    func close() async
}
