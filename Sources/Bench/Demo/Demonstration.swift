import CurlHTTP
import FoundationEssentials
import Gateway
import GatewayConfiguration
import GatewayCore
import HTTPServing
package import Logging
import MM7
import MockMMSC
package import ServiceLifecycle

/// One real picture on its whole way by each of the customers' APIs, shown step by step: a gateway, an MMSC and a
/// customer in one process.
package struct Demonstration: Sendable {
    let gateway: Gateway
    let mmsc: MockMMSC
    let customer: DemoCustomer
    /// Whether it ends when the picture went both ways.
    let isOnce: Bool
    private let starts: Starts
    let narrator = Narrator()

    private static let patience = Duration.seconds(60)

    /// The ports, which are known only when all servers listen.
    private struct Starts: Sendable {
        let gateway = AsyncStream<Ports>.makeStream()
        let mmsc = AsyncStream<Int>.makeStream()
    }

    /// - Parameter dataDirectory: the folder for the gateway; the caller removes it.
    package init(port: Int, dataDirectory: String, isOnce: Bool, logger: Logger) {
        let configuration = Configuration.onLoopback(dataDirectory: dataDirectory, port: port)
        let starts = Starts()
        gateway = Gateway(configuration, logger: logger) { starts.gateway.continuation.yield($0) }
        var peer = MockMMSC.Configuration()
        peer.login = BasicCredentials(username: "demo", password: "demo-password")
        peer.reportDelay = .seconds(1)
        mmsc = MockMMSC(peer, logger: logger) { starts.mmsc.continuation.yield($0) }
        customer = DemoCustomer(picture: PackageResources.picture_jpg, logger: logger)
        self.isOnce = isOnce
        self.starts = starts
    }

    /// Everything that has to run, and the story as the last of it.
    package var services: [ServiceGroupConfiguration.ServiceConfiguration] {
        [
            .init(service: customer), .init(service: mmsc), .init(service: gateway),
            .init(
                service: ClosureService { try await narrate() }, successTerminationBehavior: .gracefullyShutdownGroup),
        ]
    }

    private func narrate() async throws {
        let ports = try await first(of: starts.gateway.stream)
        let mmscPort = try await first(of: starts.mmsc.stream)
        guard case .listening(let customerPort) = try await first(of: customer.sights) else { return }
        introduce(mmscPort: mmscPort, ports: ports, customerPort: customerPort)
        narrator.say("A gateway, an MMSC and a customer are listening on 127.0.0.1")

        for (index, face) in [DemoFace.plan, .app].enumerated() {
            try await withDeadline(Self.patience) {
                let id = try await send(by: face, to: ports.customers, customerPort: customerPort)
                try await watch(id, by: face, number: index + 1)
            }
        }
        guard !isOnce else { return }

        narrator.text(invitation(port: ports.customers, customerPort: customerPort))
        for await sight in customer.sights.cancelOnGracefulShutdown() { report(sight) }
    }
}
