package import GatewayConfiguration
import IPRanges

extension Configuration {
    /// A gateway that nothing beyond this machine reaches, on ports of the system's choice: to demonstrate and measure.
    ///
    /// - Parameter port: where customers call; 0 takes a free one.
    package static func onLoopback(dataDirectory: String, port: Int = 0) -> Configuration {
        var configuration = Configuration()
        configuration.dataDirectory = dataDirectory
        configuration.server.listen = ListenAddress(host: "127.0.0.1", port: port)
        configuration.mm7.listen = ListenAddress(host: "127.0.0.1", port: 0)
        configuration.operations.listen = ListenAddress(host: "127.0.0.1", port: 0)
        configuration.egress = [IPRange("127.0.0.0/8")].compactMap { $0 }
        return configuration
    }
}
