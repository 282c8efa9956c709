import GatewayCore

/// Some of a batch's messages, by their numbers. Work on a large batch is done one slice after the other, each in a
/// commit of its own, so that other work has its turn between them.
struct MessageSlice: Sendable, Equatable {
    /// The most messages in one slice: as many as the writer changes in ten milliseconds.
    static let size = 1000

    /// The number after which the slice begins.
    let after: String
    /// The last number of the slice; nil for the last slice.
    let through: String?

    /// Whether this is the only slice, because the batch is small.
    var isAll: Bool { after.isEmpty && through == nil }

    /// The parameters for a statement over the messages of a batch.
    func bindings(of batch: Batch.ID) -> Bindings {
        // A character that sorts after every digit.
        [":batch": .id(batch), ":after": .text(after), ":through": .text(through ?? "~")]
    }
}

extension Transaction {
    /// The next messages of a batch.
    func slice(of batch: Batch.ID, after: String) throws(SQLError) -> MessageSlice {
        let last = try connection.first(
            MessageQuery.sliceEnd,
            [":batch": .id(batch), ":after": .text(after), ":offset": .integer(MessageSlice.size - 1)]
        ) { (row) throws(SQLError) in try row.text() }
        return MessageSlice(after: after, through: last)
    }
}

extension Writer {
    /// Does work in steps, each in a commit of its own, until a step says that nothing is left.
    ///
    /// - Parameters:
    ///   - cursor: where the first step begins; nil where there is nothing to do.
    ///   - step: does some of the work, and returns where to continue.
    func inSteps<Cursor: Sendable>(
        from cursor: Cursor?,
        _ step: @escaping @Sendable (Transaction, Cursor) throws(SQLError) -> Cursor?
    ) async throws(StoreFailure) {
        var next = cursor
        while let cursor = next {
            next = try await write { (transaction) throws(SQLError) in try step(transaction, cursor) }
        }
    }
}
