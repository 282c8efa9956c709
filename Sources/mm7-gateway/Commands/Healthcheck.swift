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
        discussion: """
            Ends with 0 if it does and with 1 if it does not. Where operations.tls asks for client certificates, it has \
            to be given one: a refused handshake says nothing about the gateway.
            """)

    @OptionGroup var options: ConfigurationOptions

    @OptionGroup var client: IdentityOptions

    @Option(help: "How long to wait, in seconds.")
    var timeout = 3

    func run() async throws {
        let operations = try options.load(for: .looking).operations
        let server = try LocalServer.unverified(operations.listen, operations.tls, as: client.identity)
        var request = server.request(.get, "/healthz")
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
            StandardError.print(error)
            if server.refusesIdentity(error) {
                StandardError.print("Give one that client_ca of operations.tls knows with --certificate and --key.")
            }
        }
        throw ExitCode.failure
    }
}
