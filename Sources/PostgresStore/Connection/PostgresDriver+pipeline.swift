import CPostgres
import SQLStore

/// Statements that were sent one behind the other, and are answered together: a transaction that writes a hundred rows
/// waits for the server a few times and not a hundred times. (libpq's pipeline mode)
struct Pipeline {
    private(set) var isOpen = false
    /// The statements that are not answered yet, with the number of rows that each has to change.
    private(set) var waiting: [(doing: String, count: Int?)] = []

    /// The marks that were sent and whose answers were not read.
    var marks = 0

    mutating func open() { isOpen = true }

    mutating func close() {
        isOpen = false
        marks = 0
        waiting.removeAll(keepingCapacity: true)
    }

    mutating func wait(for doing: String, changing count: Int? = nil) { waiting.append((doing, count)) }

    mutating func take() -> [(doing: String, count: Int?)] {
        defer { waiting.removeAll(keepingCapacity: true) }
        return waiting
    }

    /// So many answers find room in the buffers between here and the server, so that neither waits for the other to read.
    static let limit = 64
}

extension PostgresDriver {
    func openPipeline() throws(SQLError) {
        guard PQenterPipelineMode(handle) == 1 else { throw lost(failureText) }
        pipeline.open()
    }

    /// Sends a statement whose answer is waited for later.
    func write(
        _ serverName: String, _ values: StatementValues, changing count: Int?, doing: String
    ) throws(SQLError) {
        try send(serverName, values)
        pipeline.wait(for: doing, changing: count)
        try limitPipeline()
    }

    /// The same for a statement without parameters that is not prepared.
    func write(_ sql: String, doing: String) throws(SQLError) {
        guard PQsendQueryParams(handle, sql, 0, nil, nil, nil, nil, 1) == 1 else { throw lost(failureText) }
        pipeline.wait(for: doing)
    }

    private func limitPipeline() throws(SQLError) {
        guard pipeline.waiting.count >= Pipeline.limit else { return }
        try sendMark()
        try finishPipeline()
        try passMarks()
    }

    /// Sends what was written, and a mark behind it.
    ///
    /// Behind a mark, and nowhere else in a pipeline, the server counts a client that asks for nothing as idle. So its
    /// time-out ends the transaction of a process that was held up, and others go on.
    func sendMark() throws(SQLError) {
        guard PQpipelineSync(handle) == 1 else { throw lost(failureText) }
        pipeline.marks += 1
    }

    /// Reads on behind the last mark, over what a failed statement has left and nobody waits for.
    func passMarks() throws(SQLError) {
        let deadline = ContinuousClock.now + role.patience
        while pipeline.marks > 0, !isLost {
            if try nextResult(before: deadline, patience: role.patience)?.status == PGRES_PIPELINE_SYNC {
                pipeline.marks -= 1
            }
        }
    }

    /// Waits for the answers to what was sent before.
    ///
    /// - Throws: the first error; the others follow from it.
    @discardableResult
    func finishPipeline() throws(SQLError) -> PostgresResult? {
        var (last, failure): (PostgresResult?, SQLError?)
        for (doing, count) in pipeline.take() {
            do throws(SQLError) {
                let result = try answer(doing: doing, patience: role.patience)
                totalChanges += result.changes
                if let count, result.changes != count { throw .miscounted(doing) }
                last = result
            } catch {
                failure = failure ?? error
                guard !isLost else { break }
            }
        }
        if let failure { throw failure }
        return last
    }

    /// Waits for all that was sent, and goes back to one question at a time.
    ///
    /// - Returns: the answer to the last statement.
    func closePipeline() throws(SQLError) -> PostgresResult? {
        guard pipeline.isOpen else { return nil }
        try sendMark()
        let result: Result<PostgresResult?, SQLError>
        do throws(SQLError) { result = .success(try finishPipeline()) } catch { result = .failure(error) }
        if !isLost {
            try passMarks()
            guard PQexitPipelineMode(handle) == 1 else { throw lost(failureText) }
        }
        pipeline.close()
        return try result.get()
    }
}
