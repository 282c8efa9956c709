import ArgumentParser
import ConfigurationReading
import CurlHTTP
import GatewayConfiguration

struct Healthcheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Asks the gateway of this machine whether it serves; for containers.",
        discussion: "Ends with 0 if it does and with 1 if it does not.")

    @OptionGroup var options: ConfigurationOptions

    @Option(help: "How long to wait, in seconds.")
    var timeout = 3

    func run() async throws {
        let listen = try options.load(for: .looking).operations.listen
        var request = HTTPRequest(method: .get, url: "\(listen.localURL)/healthz")
        request.timeout = .seconds(timeout)
        do {
            let status = try await HTTPClient().send(request).status
            if status == 200 { return }
            StandardError.print("the gateway answered \(status)")
        } catch {
            StandardError.print(error)
        }
        throw ExitCode.failure
    }
}
