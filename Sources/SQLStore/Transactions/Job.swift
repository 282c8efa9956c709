import GatewayCore

/// What one caller wants to write, and how the caller is answered.
struct Job: Sendable {
    typealias Answer = @Sendable () -> Void

    /// Writes, and returns the answer to give once it is committed.
    let write: @Sendable (Transaction) throws(SQLError) -> Answer
    /// Answers with a failure: nothing was written.
    let fail: @Sendable (StoreFailure) -> Void

    init<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws(SQLError) -> Value,
        answering continuation: CheckedContinuation<Result<Value, StoreFailure>, Never>
    ) {
        write = { (transaction) throws(SQLError) in
            let value = try body(transaction)
            return { continuation.resume(returning: .success(value)) }
        }
        fail = { continuation.resume(returning: .failure($0)) }
    }
}
