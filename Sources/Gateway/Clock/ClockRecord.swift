import FoundationEssentials
package import GatewayCore
import Glibc

/// What a gateway leaves of its clock for the next: the time of the domain, how long the machine had been up then, and
/// since which start. A gateway that is started again while the machine's clock is wrong goes on from there, as if it
/// had not been stopped.
///
/// It is a file of its own in the data directory, which replaces the one before and is never made durable. After a
/// crash of the machine an older one may be found, or none, and only its time still counts, as one that has passed.
struct ClockRecord: Equatable {
    var time: Date
    var machine: MachineUptime

    /// Nil where there is none that can be read: the first start, for one.
    init?(in directory: String) {
        guard let data = FileManager.default.contents(atPath: Self.path(in: directory)) else { return nil }
        let words = String(decoding: data.prefix(200), as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard words.count == 3, let time = Int64(words[0]), Self.times.contains(time),
            let uptime = Int64(words[1]), uptime >= 0
        else { return nil }
        self.init(
            time: Date(milliseconds: time),
            machine: MachineUptime(boot: String(words[2]), passed: .milliseconds(uptime)))
    }

    init(time: Date, machine: MachineUptime) {
        self.time = time
        self.machine = machine
    }

    func write(in directory: String) throws(ClockRecordFailure) {
        let uptime = Int64(machine.passed.seconds * 1000)
        let text = Array("\(time.milliseconds) \(uptime) \(machine.boot)\n".utf8)
        let (path, draft) = (Self.path(in: directory), Self.path(in: directory) + ".draft")
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ClockRecordFailure(draft) }
        let count = Glibc.write(descriptor, text, text.count)
        let failure =
            count == text.count ? nil : ClockRecordFailure(draft, DiskRefusal(errno: count < 0 ? errno : ENOSPC))
        close(descriptor)
        if let failure { throw failure }
        guard rename(draft, path) == 0 else { throw ClockRecordFailure(path) }
    }

    /// What the domain's clock would say now; nil where the machine was started anew since, or has not been up for as
    /// long.
    func time(at now: MachineUptime) -> Date? {
        guard now.boot == machine.boot, now.passed >= machine.passed else { return nil }
        return time + (now.passed - machine.passed)
    }

    /// The times that a record may have: before the year 10,000.
    private static let times: Range<Int64> = 0..<253_402_300_800_000

    private static func path(in directory: String) -> String { "\(directory)/clock" }
}

/// Why the record could not be written.
struct ClockRecordFailure: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ path: String, _ refusal: DiskRefusal = DiskRefusal()) {
        description = "\(path): \(refusal)"
    }
}

/// How long the machine has been up, suspensions included, and a name for its start.
struct MachineUptime: Equatable {
    var boot: String
    var passed: Duration

    /// Nil where the system does not say.
    static func read() -> MachineUptime? {
        var time = timespec()
        guard clock_gettime(CLOCK_BOOTTIME, &time) == 0,
            let data = FileManager.default.contents(atPath: "/proc/sys/kernel/random/boot_id")
        else { return nil }
        let boot = String(decoding: data, as: UTF8.self).filter { !$0.isWhitespace }
        guard !boot.isEmpty else { return nil }
        return MachineUptime(boot: boot, passed: .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec))
    }
}

extension SteadyClock {
    /// The gateway's clock for a command that runs beside it, whatever the machine's was set to.
    package static func ofGateway(in directory: String) -> SteadyClock {
        SteadyClock(beginningAt: time(ofGatewayIn: directory))
    }

    /// Nil where nothing is known from before.
    static func time(ofGatewayIn directory: String) -> Date? {
        guard let record = ClockRecord(in: directory), let now = MachineUptime.read() else { return nil }
        return record.time(at: now)
    }
}
