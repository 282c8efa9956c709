import ArgumentParser
import ConfigurationReading
import CurlHTTP
import GatewayConfiguration
import GatewayCore
import HTTPServing
import Operating

struct Healthcheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Asks the gateway of this machine whether it serves; for containers.",
        discussion: "Ends with 0 if it does and with 1 if it does not.")

    @OptionGroup var options: ConfigurationOptions

    @Option(help: "How long to wait, in seconds.")
    var timeout = 3

    func run() async throws {
        let operations = try options.load(for: .looking).operations
        let server = try LocalServer.unverified(operations.listen, operations.tls)
        var request = HTTPRequest(method: .get, url: "\(server.url)/healthz")
        // Who does not prove to be the gateway gets no password.
        if operations.tls == nil, let authorization = operations.authorization {
            request.headers = ["Authorization": authorization.reveal()]
        }
        request.timeout = .seconds(timeout)
        do {
            let status = try await server.client.send(request).status
            // Whoever asks for credentials serves; the configuration may have these as hashes alone.
            if status == 200 || status == 401 { return }
            StandardError.print("the gateway answered \(status)")
        } catch {
            // So does whoever asks for a certificate, which this command has none of.
            if operations.asksForCertificates, ![.connectionFailed, .timedOut].contains(error.kind) { return }
            StandardError.print(error)
        }
        throw ExitCode.failure
    }
}

extension Configuration.Operations {
    /// Whether nobody without a client certificate gets an answer.
    fileprivate var asksForCertificates: Bool { tls?.settings.clientCertificates == .required }
}
