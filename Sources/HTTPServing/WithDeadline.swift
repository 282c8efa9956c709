/// The first element of a stream that somebody else fills.
package func first<Element: Sendable>(of stream: AsyncStream<Element>) async throws -> Element {
    for await element in stream { return element }
    throw CancellationError()
}

/// The body's result, or an error when it takes longer than that.
package func withDeadline<Result: Sendable>(
    _ deadline: Duration, _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result.self) { group in
        group.addTask(operation: body)
        group.addTask {
            try await Task.sleep(for: deadline)
            throw DeadlinePassed(deadline: deadline)
        }
        defer { group.cancelAll() }
        guard let result = try await group.next() else { throw CancellationError() }
        return result
    }
}

/// What was waited for did not come in time.
package struct DeadlinePassed: Error, CustomStringConvertible {
    let deadline: Duration

    package var description: String { "it took longer than \(deadline)" }
}
