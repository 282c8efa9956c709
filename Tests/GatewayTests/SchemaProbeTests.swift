import CurlHTTP
import Foundation
import GatewayConfiguration
import Logging
import Testing

@testable import Gateway

@Suite("While the database is brought to a new schema")
struct SchemaProbeTests {
    @Test("the process is healthy and not ready, and then the port is free again")
    func probes() async throws {
        let configuration = Configuration.onLoopback(dataDirectory: NSTemporaryDirectory())
        let silent = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let gateway = Gateway(configuration, logger: silent)
        let client = try HTTPClient()
        let (ports, port) = AsyncStream<Int>.makeStream()

        let probes: @Sendable () async throws -> [Int] = {
            var statuses: [Int] = []
            for await number in ports {
                for path in ["healthz", "readyz"] {
                    let request = HTTPRequest(method: .get, url: "http://127.0.0.1:\(number)/\(path)")
                    let response = try await client.send(request)
                    statuses.append(response.status)
                    let words = String(decoding: response.body, as: UTF8.self)
                    #expect(words.contains("brought to a new schema") == (path == "readyz"))
                }
                break
            }
            return statuses
        }
        let statuses = try await gateway.whileMigrating(onListening: { port.yield($0) }, probes)

        #expect(statuses == [200, 503])
        await client.shutdown()
    }

    @Test("what goes wrong with it is what the start says")
    func failure() async throws {
        struct Broken: Error {}
        let configuration = Configuration.onLoopback(dataDirectory: NSTemporaryDirectory())
        let gateway = Gateway(configuration, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))

        await #expect(throws: Broken.self) { try await gateway.whileMigrating { throw Broken() } }
    }
}
