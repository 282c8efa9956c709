import NIOCore

/// Runs the tasks of a connection on the thread that reads and writes it: a request changes threads only where it waits
/// for something else than its client.
///
/// What takes long there holds up the thread's other connections, and goes `aside`.
final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) {
        self.loop = loop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// Does work that may take longer than a millisecond at a time on the threads that all tasks share.
package func aside<Value, Failure>(
    _ work: () async throws(Failure) -> Value
) async throws(Failure) -> Value {
    try await withTaskExecutorPreference(globalConcurrentExecutor) { () async throws(Failure) in try await work() }
}
