import FoundationEssentials
import GatewayCore
import Logging
import ServiceLifecycle
import WorkLoop

/// Writes the record of the domain's clock, every few seconds and at the end. It writes nothing while the clock is in
/// doubt: the next start would trust that time.
struct ClockKeeping: Service {
    let clock: any DomainClock
    let directory: String
    private let log: OutageLog<Trouble>

    private enum Trouble { case record }

    init(clock: any DomainClock, directory: String, logger: Logger) {
        self.clock = clock
        self.directory = directory
        log = OutageLog(logger)
    }

    private static let pause = Duration.seconds(5)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                write()
                do {
                    try await clock.sleep(until: clock.now() + Self.pause)
                } catch {
                    return  // cancelled
                }
            }
        }
        write()
    }

    func write() {
        guard clock.isSettled, let machine = MachineUptime.read() else { return }
        do {
            try ClockRecord(time: clock.now(), machine: machine).write(in: directory)
            log.ended(.record, "The file clock of the data directory is written again")
        } catch {
            log.failed(
                .record, .warning,
                "The file clock of the data directory cannot be written; a start while the machine's clock is wrong would follow it",
                metadata: ["error": "\(error)"])
        }
    }
}
