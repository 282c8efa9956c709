import Foundation
import Glibc
import Synchronization
import TestPeers

/// A process by `posix_spawn`: Foundation's own reads beyond a buffer where some 1,300 files are open, which tests that
/// run side by side have.
final class Spawned: Sendable {
    let identifier: pid_t
    /// Both outputs, to be read to their end.
    let output: Int32
    private let hasEnded = Mutex(false)

    /// - Parameters:
    ///   - terminal: in which it runs in a session of its own; nil for a pipe, and nobody who answers its questions.
    ///   - onEnd: told how it ended, as shells have it: a signal counts as 128 and its number.
    init(
        _ path: String, _ arguments: [String], environment: [String: String], terminal: PseudoTerminal? = nil,
        onEnd: @escaping @Sendable (Int32) -> Void
    ) throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Unexpected("no pipe could be made") }
        if let terminal {
            close(ends[0])
            ends[0] = terminal.master
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // Nobody answers its questions, also where somebody sits at the tests.
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, terminal?.path ?? "/dev/null", O_RDWR, 0)
        for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_adddup2(&actions, terminal == nil ? ends[1] : STDIN_FILENO, descriptor)
        }
        // Nothing of the tests is open in it: neither their servers nor the pipes of its siblings.
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }
        for descriptor in open where descriptor > STDERR_FILENO {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        // Whoever started the tests may ignore these, and that is inherited; a service manager does not.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        // POSIX_SPAWN_SETSID, which is a macro that Swift does not see: the first terminal that a session opens is its own.
        let session: Int32 = terminal == nil ? 0 : 0x80
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | session))
        var argv = ([path] + arguments).map { strdup($0) } + [nil]
        var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in argv + envp { free(text) } }
        var identifier = pid_t()
        let code = posix_spawn(&identifier, path, &actions, &attributes, &argv, &envp)
        close(ends[1])
        guard code == 0 else {
            close(ends[0])
            throw Unexpected("\(path) could not be started: \(String(cString: strerror(code)))")
        }
        self.identifier = identifier
        output = ends[0]
        // It holds the object until the process has ended.
        Thread.detachNewThread { onEnd(self.wait()) }
    }

    /// Does nothing once the process has ended: its number may be another's by then.
    func send(_ signal: Int32) {
        hasEnded.withLock { if !$0 { _ = kill(identifier, signal) } }
    }

    private func wait() -> Int32 {
        // Its end first, its number given back after that, so that `send` never meets another's.
        var info = siginfo_t()
        while waitid(P_PID, id_t(identifier), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        hasEnded.withLock { $0 = true }
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return signal == 0 ? status >> 8 & 0xFF : 128 + signal
    }
}
