import ArgumentParser
import ConfigurationReading
import CurlHTTP
import GatewayConfiguration
import GatewayCore
import IPRanges
import Operating

struct Send: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Sends one MMS through the running gateway.",
        discussion: """
            Calls server.listen of this machine as a customer does: as a plan with its first api token that is there in \
            plain text, or as an app with the first access key of its project. The callback_url of the plan, where it has \
            one, and the webhooks of the app are notified of the outcome. A file is hosted on 127.0.0.1 until the gateway \
            has fetched it, which egress.allow has to permit. Prints the id of the plan's batch, or of each message of the \
            app. Ends with 0 if the gateway took it, and with --wait only if it was delivered to all.
            """)

    @OptionGroup var options: ConfigurationOptions

    @Option(help: ArgumentHelp("The service plan to send as.", valueName: "ID"))
    var plan: String?

    @Option(
        help: ArgumentHelp(
            "The app to send as, by the Conversation API; PROJECT/APP where it was made through the API.",
            valueName: "APP"))
    var app: String?

    @Option(parsing: .upToNextOption, help: ArgumentHelp("The recipients.", valueName: "NUMBER"))
    var to: [String]

    @Option(help: ArgumentHelp("The sender; without it that of the plan or the app.", valueName: "NUMBER"))
    var from: String?

    @Option(
        help: ArgumentHelp(
            "Where the gateway fetches the picture or video, or a file of this machine.", valueName: "URL|FILE"),
        completion: .file())
    var media: String

    @Option(help: "The text beside it.")
    var text: String?

    @Option(help: "The subject.")
    var subject: String?

    @Option(
        help: ArgumentHelp(
            "Where a token of the plan is, where api_tokens has hashes alone; - is standard input.", valueName: "FILE"))
    var tokenFile: String?

    @OptionGroup var client: IdentityOptions

    @Flag(help: "Waits for the final report and prints it.")
    var wait = false

    @Option(help: "How long to wait, in seconds.")
    var timeout = 60

    func validate() throws {
        guard (plan == nil) != (app == nil) else { throw ValidationError("send needs either --plan or --app") }
        guard !to.isEmpty else { throw ValidationError("--to needs a number") }
        guard (1...86_400).contains(timeout) else {
            throw ValidationError("--timeout must be 1 to 86400 seconds, and is \(timeout)")
        }
    }

    func run() async throws {
        let configuration = try options.load(for: .looking)
        let route = try route(
            in: configuration,
            at: try LocalServer(configuration.server.listen, configuration.server.tls, as: client.identity))
        do {
            guard media.contains("://") else { return try await send(file: media, by: route, configuration) }
            let ids = try await route.send(media: media)
            if wait { try await route.awaitEnd(of: ids) }
        } catch let failure as SendFailure {
            StandardError.print(failure)
            throw ExitCode.failure
        }
    }

    private func route(in configuration: Configuration, at server: LocalServer) throws -> any SendRoute {
        if let plan { return try PlanRoute(plan, of: self, in: configuration, at: server) }
        return try AppRoute(app ?? "", of: self, in: configuration, at: server)
    }

    /// Hosts the file until the gateway has fetched it.
    private func send(file path: String, by route: any SendRoute, _ configuration: Configuration) async throws {
        guard let here = IPAddress("127.0.0.1"), configuration.egress.contains(where: { $0.contains(here) }) else {
            throw SendFailure(
                """
                the gateway may not fetch a file from this machine: add "127.0.0.1" to egress.allow and send it SIGHUP, \
                or give --media a URL that it may fetch
                """)
        }
        let limit = (bytes: configuration.media.limitBytes, name: "media.limit")
        let host = FileHost(try LocalFile(path: path, option: "--media", limit: limit))
        try await host.serving { url in
            let ids = try await route.send(media: url)
            if wait { return try await route.awaitEnd(of: ids) }
            // Each is fetched for itself.
            for id in ids {
                guard await host.isFetched(within: .seconds(timeout)) else {
                    throw SendFailure("the gateway did not fetch the file within \(timeout) s; show \(id) shows more")
                }
            }
        }
    }
}

/// The customer that `send` sends as.
protocol SendRoute: Sendable {
    /// Sends and prints the ids of what was taken.
    ///
    /// - Parameter media: a URL.
    func send(media: String) async throws -> [String]
    /// Prints what became of it.
    ///
    /// - Throws: `ExitCode.failure` unless it was delivered to all.
    func awaitEnd(of ids: [String]) async throws
}
