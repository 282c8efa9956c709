import ArgumentParser
import ConfigurationReading
import CurlHTTP
import FoundationEssentials
import Gateway
import GatewayConfiguration
import GatewayCore
import HTTPServing
import Operating

struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Shows the queue by MMSC and state, and how each MMSC is.",
        discussion: """
            The queue is read from the data directory, whether the gateway runs or not; how the MMSCs are is asked of \
            the running gateway at operations.listen. Ends with 1 only if the store cannot be read; --watch goes on until \
            Ctrl-C.
            """)

    @OptionGroup var options: ConfigurationOptions

    @OptionGroup var client: IdentityOptions

    @OptionGroup var output: TerminalOptions

    @OptionGroup var watching: WatchOptions

    @Flag(help: "Prints JSON.")
    var json = false

    func run() async throws {
        let configuration = try options.load(for: .looking)
        // Without the certificate that it trusts, the command shows the queue all the same.
        let operations = configuration.operations
        let server = Result { try LocalServer(operations.listen, operations.tls, as: client.identity) }
        try await watching.run(on: json ? .none : output.terminal) { try await look(configuration, server) }
    }

    private func look(_ configuration: Configuration, _ server: Result<LocalServer, any Error>) async throws
        -> Watch.View
    {
        let overview = try await OperatorStore.reading(configuration) { inspection in
            try await inspection.overview()
        }
        let operations = configuration.operations.listen
        let condition = await condition(at: server, authorization: configuration.operations.authorization)
        let report = StatusReport(
            overview, condition, directory: configuration.directory, operations: operations,
            databaseLimitBytes: configuration.store.sizeLimitBytes, retention: configuration.retention,
            now: SteadyClock.ofGateway(in: configuration.dataDirectory).now())
        return Watch.View(
            json
                ? String(decoding: JSONText.bytes(of: report), as: UTF8.self)
                : report.styled.rendered(for: output.terminal))
    }

    private func condition(
        at server: Result<LocalServer, any Error>, authorization: Secret?
    ) async -> LocalGateway.Condition {
        switch server {
        case .success(let server): await LocalGateway(server, authorization: authorization).condition()
        case .failure(let error): .unclear("operations.tls: \(error)")
        }
    }
}
