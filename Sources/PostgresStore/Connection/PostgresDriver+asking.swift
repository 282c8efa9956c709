import CPostgres
import GatewayCore
import Glibc
import SQLStore

/// One question and its answer. Nothing else is on the way meanwhile.
extension PostgresDriver {
    /// Runs statements without parameters and gives the answer to the last.
    @discardableResult
    func query(_ sql: String, doing: String, patience: Duration? = nil) throws(SQLError) -> PostgresResult {
        guard PQsendQuery(handle, sql) == 1 else { throw lost(failureText) }
        return try answer(doing: doing, patience: patience ?? role.patience)
    }

    /// Runs a statement that is prepared.
    func run(_ serverName: String, _ values: StatementValues, doing: String) throws(SQLError) -> PostgresResult {
        try send(serverName, values)
        if pipeline.isOpen {
            try sendMark()
            try finishPipeline()
        }
        let result = try answer(doing: doing, patience: role.patience)
        try passMarks()
        totalChanges += result.changes
        return result
    }

    /// Sends a statement that is prepared.
    func send(_ serverName: String, _ values: StatementValues) throws(SQLError) {
        let isSent = values.withPointers { pointers, lengths, formats in
            // 1: answers in binary.
            PQsendQueryPrepared(handle, serverName, Int32(values.count), pointers, lengths, formats, 1)
        }
        guard isSent == 1 else { throw lost(failureText) }
    }

    /// Prepares a statement under a name.
    func prepare(_ serverName: String, _ sql: String, doing: String) throws(SQLError) {
        guard PQsendPrepare(handle, serverName, sql, 0, nil) == 1 else { throw lost(failureText) }
        guard !pipeline.isOpen else { return pipeline.wait(for: doing) }
        _ = try answer(doing: doing, patience: role.patience)
    }

    /// Waits for the answer to what was sent next.
    func answer(doing: String, patience: Duration) throws(SQLError) -> PostgresResult {
        let deadline = ContinuousClock.now + patience
        var last: PostgresResult?
        var failure: PostgresResult?
        while let result = try nextResult(before: deadline, patience: patience) {
            if result.isGood { last = result } else { failure = failure ?? result }
        }
        if let failure { throw error(of: failure, doing: doing) }
        guard let last else { throw lost(failureText) }
        return last
    }

    /// The next result; nil behind the last of a statement.
    func nextResult(
        before deadline: ContinuousClock.Instant, patience: Duration
    ) throws(SQLError) -> PostgresResult? {
        while PQisBusy(handle) == 1 {
            guard waitForServer(until: deadline) else {
                isDoomed = true
                throw lost("the server gave no answer within \(patience)")
            }
            guard PQconsumeInput(handle) == 1 else { throw lost(failureText) }
        }
        return PQgetResult(handle).map { PostgresResult($0) }
    }

    private func error(of result: PostgresResult, doing: String) -> SQLError {
        let state = result.state
        if let state, Self.endsConnection(state) { isDoomed = true }
        return SQLError(state: state, message: result.message ?? failureText, doing: doing)
    }

    /// Whether the connection is of no use after such an error, even if it stands: the server ends, or is a standby
    /// now.
    private static func endsConnection(_ state: String) -> Bool {
        state.hasPrefix("08") || state == "25006" || state == "25P03" || state.hasPrefix("57P")
    }

    /// Looks whether the server has ended the connection while nothing was asked.
    func noticeEnd() {
        var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        guard handle != nil, poll(&descriptor, 1, 0) > 0 else { return }
        // A word in between may be another, such as a changed setting.
        do throws(SQLError) { try query("SELECT 1", doing: "looking after the connection") } catch { isDoomed = true }
    }

    private func waitForServer(until deadline: ContinuousClock.Instant) -> Bool {
        let rest = ContinuousClock.now.duration(to: deadline)
        guard rest > .zero else { return false }
        var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        let ready = poll(&descriptor, 1, Int32(clamping: Int(rest.seconds * 1000) + 1))
        return ready > 0 || errno == EINTR
    }
}
