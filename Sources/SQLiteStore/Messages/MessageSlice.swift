import GatewayCore

/// Some of a batch's messages, by their numbers: what is done to all of a large batch is done to one slice after the
/// other, each in a commit of its own, and others' work has its turn between.
struct MessageSlice: Sendable, Equatable {
    /// Messages in one slice at most: what the writer does in ten milliseconds.
    static let size = 1000

    /// The number that the slice begins behind.
    let after: String
    /// The last number of the slice; nil for the last slice.
    let through: String?

    /// Whether no other is needed: the batch is small.
    var isAll: Bool { after.isEmpty && through == nil }

    /// For a statement over the messages of a batch.
    func bindings(of batch: Batch.ID) -> Bindings {
        // Behind every digit.
        [":batch": .id(batch), ":after": .text(after), ":through": .text(through ?? "~")]
    }
}

extension Transaction {
    /// The next messages of a batch.
    func slice(of batch: Batch.ID, after: String) throws(SQLiteError) -> MessageSlice {
        let last = try connection.first(
            MessageQuery.sliceEnd,
            [":batch": .id(batch), ":after": .text(after), ":offset": .integer(MessageSlice.size - 1)]
        ) { (row) throws(SQLiteError) in try row.text() }
        return MessageSlice(after: after, through: last)
    }
}

extension Writer {
    /// Does a work in steps, each in a commit of its own, until a step says that nothing is left.
    ///
    /// - Parameters:
    ///   - cursor: where the first step begins; nil: there is nothing to do.
    ///   - step: does some of it, and returns where to go on.
    func inSteps<Cursor: Sendable>(
        from cursor: Cursor?,
        _ step: @escaping @Sendable (Transaction, Cursor) throws(SQLiteError) -> Cursor?
    ) async throws(StoreFailure) {
        var next = cursor
        while let cursor = next {
            next = try await write { (transaction) throws(SQLiteError) in try step(transaction, cursor) }
        }
    }
}
