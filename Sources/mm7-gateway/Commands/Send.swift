import ArgumentParser
import CurlHTTP
import GatewayCore

struct Send: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Sends one MMS through the running gateway.",
        discussion: """
            Posts a batch to server.listen of this machine with the first api token of the plan, as a customer does; the \
            plan's callback_url, where it has one, is told the outcome. Prints the batch's id. Ends with 0 if the gateway \
            took it, and with --wait only if it was delivered to all.
            """)

    @OptionGroup var options: ConfigurationOptions

    @Option(help: ArgumentHelp("The service plan to send as.", valueName: "ID"))
    var plan: String

    @Option(parsing: .upToNextOption, help: ArgumentHelp("The recipients.", valueName: "NUMBER"))
    var to: [String]

    @Option(help: ArgumentHelp("The sender; without it the plan's default_originator.", valueName: "NUMBER"))
    var from: String?

    @Option(help: ArgumentHelp("Where the gateway fetches the picture or video.", valueName: "URL"))
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
        guard !to.isEmpty else { throw ValidationError("--to wants a number") }
        guard (1...86_400).contains(timeout) else {
            throw ValidationError("--timeout wants 1 to 86400 seconds, and got \(timeout)")
        }
    }

    func run() async throws {
        let configuration = try options.load()
        guard let plan = configuration.directory.servicePlans[plan] else {
            throw ValidationError("the configuration has no service plan '\(self.plan)'")
        }
        guard let token = plan.apiTokens.first else {
            throw ValidationError("the service plan '\(plan.id)' has no api_tokens")
        }
        let sender = Sender(
            url: configuration.server.listen.localURL, plan: plan.id, token: token, client: try HTTPClient())
        do {
            let batch = try await sender.send(body(for: plan))
            print(batch)
            guard wait else { return }
            let report = try await sender.report(on: batch, within: .seconds(timeout))
            print(report.text)
            if report.isDelivered { return }
            if !report.isFinal { StandardError.print("not final after \(timeout) s; show \(batch) tells more") }
        } catch let failure as SendFailure {
            StandardError.print(failure)
        }
        throw ExitCode.failure
    }

    /// The API takes no wish for reports where there is nobody to hear them.
    private func body(for plan: ServicePlan) -> SendBody {
        SendBody(
            to: to, from: from, deliveryReport: plan.callbackURL == nil ? "none" : "summary",
            body: .init(url: media, message: text, subject: subject))
    }
}
