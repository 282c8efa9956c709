import ArgumentParser
import CurlHTTP

struct Healthcheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Asks the gateway of this machine whether it serves; for containers.",
        discussion: "Ends with 0 if it does and with 1 if it does not.")

    @OptionGroup var options: ConfigurationOptions

    @Option(help: "How long to wait, in seconds.")
    var timeout = 3

    func run() async throws {
        let listen = try options.load().operations.listen
        // A server on every address is reached on this machine's own.
        let host = ["0.0.0.0", "::", ""].contains(listen.host) ? "127.0.0.1" : listen.host
        var request = HTTPRequest(
            method: .get, url: "http://\(host.contains(":") ? "[\(host)]" : host):\(listen.port)/healthz")
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
