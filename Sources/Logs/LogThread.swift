import Glibc

/// A thread that waits in a call of the system.
enum LogThread {
    private final class Errand: Sendable {
        let work: @Sendable () -> Void

        init(_ work: @escaping @Sendable () -> Void) { self.work = work }
    }

    /// Starts a detached thread; false where the system has none.
    static func start(_ work: @escaping @Sendable () -> Void) -> Bool {
        let errand = Unmanaged.passRetained(Errand(work))
        var thread = pthread_t()
        guard pthread_create(&thread, nil, run, errand.toOpaque()) == 0 else {
            errand.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    private static let run: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        guard let context else { return nil }
        let errand = Unmanaged<Errand>.fromOpaque(context).takeRetainedValue()
        // Other threads get the signals.
        var signals = sigset_t()
        sigfillset(&signals)
        for fault in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT] { sigdelset(&signals, fault) }
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        errand.work()
        return nil
    }
}
