import Dispatch

/// A connection and the queue that alone uses it, so that waiting for the disk blocks no thread of Swift's pool.
///
/// `@unchecked Sendable`: `connection` is private, set before anyone else can see it, and used only in work handed to
/// `queue`, which is serial.
package final class ConnectionThread: @unchecked Sendable {
    private let connection: Connection
    private let queue: DispatchQueue

    private init(_ connection: Connection, queue: DispatchQueue) {
        self.connection = connection
        self.queue = queue
    }

    /// Opens a connection on a queue of its own.
    package static func open(
        _ label: String, _ connect: @escaping @Sendable () throws(SQLError) -> any Driver
    ) async throws(SQLError) -> ConnectionThread {
        let queue = DispatchQueue(label: label)
        let opened: Result<ConnectionThread, SQLError> = await withCheckedContinuation { continuation in
            queue.async {
                do throws(SQLError) {
                    continuation.resume(returning: .success(ConnectionThread(Connection(try connect()), queue: queue)))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try opened.get()
    }

    /// Does the work after all that was passed before.
    package func perform(_ work: @escaping @Sendable (Connection) -> Void) {
        queue.async { work(self.connection) }
    }

    /// Closes the connection after all work that was passed before, and after a last step.
    package func close(lastly: @escaping @Sendable (Connection) -> Void = { _ in }) async {
        await withCheckedContinuation { continuation in
            perform { connection in
                lastly(connection)
                connection.close()
                continuation.resume()
            }
        }
    }
}
