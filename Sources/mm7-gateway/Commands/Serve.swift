import ArgumentParser
import ConfigurationReading
import Gateway
import GatewayConfiguration
import Glibc
import Logging
import Logs
import ServiceLifecycle

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the gateway until SIGTERM or SIGINT.",
        discussion: "SIGHUP rereads the configuration and the credentials.")

    @OptionGroup var options: ConfigurationOptions

    @Flag(
        help: """
            Says that the database was restored from a backup: what it has queued may have been sent since, and each \
            MMSC's on_lost_answer decides whether it is sent again. For one start.
            """)
    var restored = false

    func run() async throws {
        // Nothing has been accepted yet, so a signal ends the process at once until the services handle it.
        for number in [SIGTERM, SIGINT] { signal(number) { _ in _exit(0) } }
        // A file that may not grow, or a reader that went away, fails one write and does not end the process.
        for number in [SIGXFSZ, SIGPIPE] { signal(number, SIG_IGN) }
        LargeBuffers.giveBackWhenFreed()
        var configuration = try options.load()
        let live = LiveSettings(configuration)
        let logger = live.log.logger(label: "mm7-gateway")
        if let files = OpenFiles.raiseLimit(), configuration.fitConnections(into: files) {
            logger.warning(
                "The system lets this process open fewer files than its connections may need, so fewer connections are taken; raise the limit, or lower max_connections",
                metadata: [
                    "files": .stringConvertible(files),
                    "server": .stringConvertible(configuration.server.maxConnections),
                    "mm7": .stringConvertible(configuration.mm7.maxConnections),
                ])
        }
        configuration.warnOfShortSecrets(logger)
        var gateway = Gateway(configuration, isRestored: restored, live: live, logger: logger) { [logger] ports in
            logger.info(
                "Listening",
                metadata: [
                    "customers": .stringConvertible(ports.customers), "mm7": .stringConvertible(ports.mm7),
                    "operations": .stringConvertible(ports.operations),
                ])
        }
        gateway.onEarlyEnd = Self.lastResort(after: configuration.drain, live.log, logger)
        let reload = Reload(gateway: gateway, path: options.config, logger: logger)
        defer { live.log.flush() }
        do {
            try await Stoppable(services: [gateway, reload], drain: configuration.drain, logger: logger).run()
        } catch {
            // A line as all others, for those who read them by a program.
            logger.critical("The gateway ended", metadata: ["reason": "\(error)"])
            throw ExitCode.failure
        }
    }

    /// Ends a gateway that has lost a part even if another part does not end: a supervisor starts it again, and the
    /// store goes on from where it is.
    private static func lastResort(
        after drain: Duration, _ log: LogControl, _ logger: Logger
    ) -> @Sendable (ServiceEnded) -> Void {
        { ended in
            logger.critical("A part of the gateway ended; all of it stops", metadata: ["reason": "\(ended)"])
            // The task ends with the process.
            Task.detached {
                try? await Task.sleep(for: drain + .seconds(5))
                logger.critical("The gateway did not stop in time and is ended")
                log.flush()
                _exit(1)
            }
        }
    }
}
