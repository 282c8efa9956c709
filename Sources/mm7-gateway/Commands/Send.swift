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
            Posts a batch to server.listen of this machine with the first api token of the plan, as a customer does; the \
            plan's callback_url, where it has one, is notified of the outcome. A file is hosted on 127.0.0.1 until the gateway has \
            fetched it, which egress.allow has to permit. Prints the batch's id. Ends with 0 if the gateway \
            took it, and with --wait only if it was delivered to all.
            """)

    @OptionGroup var options: ConfigurationOptions

    @Option(help: ArgumentHelp("The service plan to send as.", valueName: "ID"))
    var plan: String

    @Option(parsing: .upToNextOption, help: ArgumentHelp("The recipients.", valueName: "NUMBER"))
    var to: [String]

    @Option(help: ArgumentHelp("The sender; without it the plan's default_originator.", valueName: "NUMBER"))
    var from: String?

    @Option(
        help: ArgumentHelp(
            "Where the gateway fetches the picture or video, or a file of this machine.", valueName: "URL|FILE"))
    var media: String

    @Option(help: "The text beside it.")
    var text: String?

    @Option(help: "The subject.")
    var subject: String?

    @Flag(help: "Waits for the final report and prints it.")
    var wait = false

    @Option(help: "How long to wait, in seconds.")
    var timeout = 60

    func validate() throws {
        guard !to.isEmpty else { throw ValidationError("--to needs a number") }
        guard (1...86_400).contains(timeout) else {
            throw ValidationError("--timeout must be 1 to 86400 seconds, and is \(timeout)")
        }
    }

    func run() async throws {
        let configuration = try options.load(for: .looking)
        guard let plan = configuration.directory.servicePlans[plan] else {
            throw ValidationError("the configuration has no service plan '\(self.plan)'")
        }
        guard let token = plan.apiTokens.first else {
            throw ValidationError(
                "the service plan '\(plan.id)' has no token among its api_tokens that can be read here")
        }
        let sender = Sender(
            url: configuration.server.listen.localURL, plan: plan.id, token: token, client: try HTTPClient())
        let order = body(for: plan)
        do {
            guard media.contains("://") else {
                return try await send(order, withFile: media, by: sender, configuration)
            }
            let batch = try await sender.send(order)
            print(batch)
            if wait { try await awaitReport(on: batch, from: sender) }
        } catch let failure as SendFailure {
            StandardError.print(failure)
            throw ExitCode.failure
        }
    }

    /// Hosts the file until the gateway has fetched it.
    private func send(
        _ order: SendBody, withFile path: String, by sender: Sender, _ configuration: Configuration
    ) async throws {
        guard let here = IPAddress("127.0.0.1"), configuration.egress.contains(where: { $0.contains(here) }) else {
            throw SendFailure(
                """
                the gateway may not fetch a file from this machine: add "127.0.0.1" to egress.allow and send it SIGHUP, \
                or give --media a URL that it may fetch
                """)
        }
        let host = FileHost(try LocalFile(path: path, limitBytes: configuration.media.limitBytes))
        try await host.serving { url in
            var order = order
            order.body.url = url
            let batch = try await sender.send(order)
            print(batch)
            if wait { return try await awaitReport(on: batch, from: sender) }
            guard await host.isFetched(within: .seconds(timeout)) else {
                throw SendFailure("the gateway did not fetch the file within \(timeout) s; show \(batch) shows more")
            }
        }
    }

    /// - Throws: `ExitCode.failure` unless it was delivered to all.
    private func awaitReport(on batch: String, from sender: Sender) async throws {
        let report = try await sender.report(on: batch, within: .seconds(timeout))
        print(report.text)
        if report.isDelivered { return }
        if let number = to.first, let reason = try await sender.reason(to: number, in: batch) { print(reason) }
        if !report.isFinal { StandardError.print("not final after \(timeout) s; show \(batch) shows more") }
        throw ExitCode.failure
    }

    /// The batch. The API refuses a request for reports where there is no address to send them to.
    private func body(for plan: ServicePlan) -> SendBody {
        SendBody(
            to: to, from: from, deliveryReport: plan.customer.webhooks.isEmpty ? "none" : "summary",
            body: .init(url: media, message: text, subject: subject))
    }
}
