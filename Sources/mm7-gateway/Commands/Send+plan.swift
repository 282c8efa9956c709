import ArgumentParser
import CurlHTTP
import GatewayConfiguration
import GatewayCore
import Operating

/// Sends as a service plan: one batch for all recipients.
struct PlanRoute: SendRoute {
    private let command: Send
    private let sender: Sender
    private let plan: ServicePlan

    /// - Throws: `ValidationError` for a plan that cannot be sent as from here.
    init(_ id: String, of command: Send, in configuration: Configuration, at server: LocalServer) throws {
        guard let plan = configuration.directory.servicePlans[id] else {
            throw ValidationError("the configuration has no service plan '\(id)'")
        }
        let token = try Self.token(of: plan, givenIn: command.tokenFile)
        let api = LocalAPI(server, token: token)
        sender = Sender(plan: plan.id, by: api)
        self.command = command
        self.plan = plan
    }

    /// - Throws: `ValidationError` where there is none, or the file has none of the plan's.
    private static func token(of plan: ServicePlan, givenIn file: String?) throws -> Secret {
        if let file {
            let given = try SecretInput.read(file)
            guard plan.accepts(token: given.reveal()) else {
                throw ValidationError("the text in \(file) is no token of the service plan '\(plan.id)'")
            }
            return given
        }
        if let token = plan.apiTokens.lazy.compactMap(\.text).first { return token }
        throw ValidationError(
            plan.apiTokens.isEmpty
                ? "the service plan '\(plan.id)' has no token among its api_tokens that can be read here"
                : """
                the service plan '\(plan.id)' has hashes alone in api_tokens: give a token with --token-file FILE, or - for \
                standard input
                """
        )
    }

    func send(media: String) async throws -> [String] {
        // The API refuses a request for reports where there is no address to send them to.
        let reports = plan.customer.webhooks.isEmpty ? "none" : "summary"
        let batch = try await sender.send(
            SendBody(
                to: command.to, from: command.from, deliveryReport: reports,
                body: .init(url: media, message: command.text, subject: command.subject)))
        print(batch)
        return [batch]
    }

    func awaitEnd(of ids: [String]) async throws {
        for batch in ids {
            let report = try await sender.report(on: batch, within: .seconds(command.timeout))
            print(report.text)
            if report.isDelivered { continue }
            if let number = command.to.first, let reason = try await sender.reason(to: number, in: batch) {
                print(reason)
            }
            if !report.isFinal { StandardError.print("not final after \(command.timeout) s; show \(batch) shows more") }
            throw ExitCode.failure
        }
    }
}
