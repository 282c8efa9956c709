import Glibc

/// Starts threads for work that waits inside C calls.
enum DedicatedThread {
    /// Starts a detached thread.
    ///
    /// - Throws: `.other` with the `errno` when the system cannot create a thread.
    static func start(_ work: @escaping @Sendable () -> Void) throws(HTTPFailure) {
        let code = create(Errand(work))
        guard code == 0 else {
            throw HTTPFailure(.other(code: Int(code)), "a thread could not be started")
        }
    }

    private final class Errand: Sendable {
        let work: @Sendable () -> Void

        init(_ work: @escaping @Sendable () -> Void) {
            self.work = work
        }
    }

    /// Creates the thread, which takes ownership of the errand; on failure the errand is released.
    private static func create(_ errand: Errand) -> Int32 {
        let retained = Unmanaged.passRetained(errand)
        var thread = pthread_t()
        let code = pthread_create(&thread, nil, run, retained.toOpaque())
        if code == 0 {
            pthread_detach(thread)
        } else {
            retained.release()
        }
        return code
    }

    private static let run: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        guard let context else { return nil }
        let errand = Unmanaged<Errand>.fromOpaque(context).takeRetainedValue()
        blockSignals()
        errand.work()
        return nil
    }

    /// Blocks signals on this thread: other threads get them, and its own SIGPIPE from a TLS socket is ignored. Faults
    /// of the program still end it with a trace.
    private static func blockSignals() {
        var signals = sigset_t()
        sigfillset(&signals)
        for fault in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT] {
            sigdelset(&signals, fault)
        }
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
