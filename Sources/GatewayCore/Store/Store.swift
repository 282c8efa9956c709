/// Everything durable. A call that returns has been committed: it survives the end of the process and of the machine.
///
/// Services meet here and never in each other; each takes the one or two of these roles that it needs, in the words of the
/// domain.
package protocol Store: BatchStore, AnswerStore, GroupStore, InboundStore, UploadQueue, MediaQueue, SubmissionQueue,
    CancellationQueue, ReportStore, CallQueue
{
    /// Whether a commit can be made now.
    func check() async throws(StoreFailure)
}
