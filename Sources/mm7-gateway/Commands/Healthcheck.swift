import ArgumentParser
import ConfigurationReading
import CurlHTTP
import GatewayConfiguration
import GatewayCore

struct Healthcheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Asks the gateway of this machine whether it serves; for containers.",
        discussion: "Ends with 0 if it does and with 1 if it does not.")

    @OptionGroup var options: ConfigurationOptions

    @Option(help: "How long to wait, in seconds.")
    var timeout = 3

    func run() async throws {
        let operations = try options.load(for: .looking).operations
        var request = HTTPRequest(method: .get, url: "\(operations.listen.localURL)/healthz")
        if let authorization = operations.authorization { request.headers = ["Authorization": authorization.reveal()] }
        request.timeout = .seconds(timeout)
        do {
            let status = try await HTTPClient().send(request).status
            // Whoever asks for credentials serves; the configuration may have these as hashes alone.
            if status == 200 || status == 401 { return }
            StandardError.print("the gateway answered \(status)")
        } catch {
            StandardError.print(error)
        }
        throw ExitCode.failure
    }
}
