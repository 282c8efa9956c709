import FoundationEssentials
import Glibc

/// A second process of this program, whose standard output is read.
final class ChildProcess: Sendable {
    let identifier: pid_t
    private let output: Int32
    private let ending: Int32
    private let leftover: Int

    /// - Parameters:
    ///   - arguments: without the program's name.
    ///   - program: another one than this.
    ///   - errors: the file that gets the standard error of another program.
    ///   - ending: the signal at which it ends.
    init(
        _ arguments: [String], program: String? = nil, errors: String = "/dev/null", ending: Int32 = SIGTERM
    ) throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw BenchFailure("no pipe could be made") }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        if program != nil {
            posix_spawn_file_actions_addopen(
                &actions, STDERR_FILENO, errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        }
        // Threads of Swift's pool block signals, and a process would inherit that.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var argv = ([program ?? "mm7-gateway"] + arguments).map { strdup($0) } + [nil]
        defer { for argument in argv { free(argument) } }
        var identifier = pid_t()
        let code = posix_spawn(&identifier, program ?? "/proc/self/exe", &actions, &attributes, &argv, environ)
        close(ends[1])
        guard code == 0 else {
            close(ends[0])
            throw BenchFailure("a second process could not be started: \(String(cString: strerror(code)))")
        }
        self.identifier = identifier
        self.ending = ending
        output = ends[0]
        leftover = Leftovers.add { [identifier] in
            kill(identifier, ending)
            waitpid(identifier, nil, 0)
        }
    }

    /// The next line of its output, without the line feed; blocks.
    func line() throws -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while read(output, &byte, 1) == 1, byte != UInt8(ascii: "\n") { bytes.append(byte) }
        guard !bytes.isEmpty else { throw BenchFailure("the second process ended early") }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Waits for the end of a program that ends by itself, whatever it prints before.
    ///
    /// - Returns: whether it ended well.
    func endsWell() -> Bool {
        var bytes = [UInt8](repeating: 0, count: 4096)
        while read(output, &bytes, bytes.count) > 0 {}
        return Leftovers.takeBack(leftover) {
            var status: Int32 = 0
            let ended = waitpid(identifier, &status, 0)
            close(output)
            return ended == identifier && status == 0
        }
    }

    /// The most memory that it had in RAM so far, or since `forgetPeak`; 0 where the system does not say.
    var peakResidentBytes: Int {
        let lines = reading("status").split(separator: "\n")
        let words = lines.first { $0.hasPrefix("VmHWM:") }?.split { $0 == " " || $0 == "\t" }
        return (words?.dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
    }

    /// Counts the peak anew, beginning with what it has in RAM now.
    func forgetPeak() {
        let descriptor = open("/proc/\(identifier)/clear_refs", O_WRONLY)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        _ = write(descriptor, "5", 1)
    }

    /// The processor time that it has used so far, user and system.
    var processorTime: Duration {
        // The name of the program, in brackets, may hold blanks; the times are the twelfth and thirteenth word after it.
        let words = reading("stat").split(separator: ")").last?.split(separator: " ") ?? []
        guard words.count > 12, let user = Int(words[11]), let system = Int(words[12]) else { return .zero }
        return .seconds(Double(user + system) / Double(sysconf(Int32(_SC_CLK_TCK))))
    }

    private func reading(_ file: String) -> String {
        String(decoding: FileManager.default.contents(atPath: "/proc/\(identifier)/\(file)") ?? Data(), as: UTF8.self)
    }

    /// Asks it to stop and waits until it has; returns the processor time it used.
    func stop() -> Duration {
        Leftovers.takeBack(leftover) {
            kill(identifier, ending)
            var usage = rusage()
            var status: Int32 = 0
            wait4(identifier, &status, 0, &usage)
            close(output)
            return usage.processorTime
        }
    }
}

extension rusage {
    var processorTime: Duration {
        .seconds(ru_utime.tv_sec + ru_stime.tv_sec) + .microseconds(ru_utime.tv_usec + ru_stime.tv_usec)
    }

    /// The resources that this process has used, with all its threads.
    static var ofThisProcess: rusage {
        var usage = rusage()
        // RUSAGE_SELF is 0; headers disagree about its type.
        getrusage(0, &usage)
        return usage
    }
}

/// Why there are no figures.
struct BenchFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
