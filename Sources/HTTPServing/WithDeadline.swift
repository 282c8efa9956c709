/// The first element of a stream that somebody else fills.
func first<Element: Sendable>(of stream: AsyncStream<Element>) async throws -> Element {
    for await element in stream { return element }
    throw CancellationError()
}

/// The body's result, or an error when it takes longer than that.
func withDeadline<Result: Sendable>(
    _ deadline: Duration, _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result.self) { group in
        group.addTask(operation: body)
        group.addTask {
            try await Task.sleep(for: deadline)
            throw DemonstrationFailure("it took longer than \(deadline)")
        }
        defer { group.cancelAll() }
        guard let result = try await group.next() else { throw CancellationError() }
        return result
    }
}
