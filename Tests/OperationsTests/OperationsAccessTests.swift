import FoundationEssentials
import GatewayCore
import HTTPServing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Operations
import Telemetry
import Testing

@Suite("Who may ask the operations port")
struct OperationsAccessTests {
    private static let paths = ["/healthz", "/readyz", "/metrics", "/later"]

    @Test("everybody, where there are no users")
    func everybody() async throws {
        #expect(try await statuses(OperationsAccess(), nil) == [200, 200, 200, 404])
    }

    @Test("the users, by name and password, plain or hashed; probes go on without")
    func users() async throws {
        let access = OperationsAccess(users: [("a", .init(Secret("one"))), ("b", .init(SecretHash(of: "two")))])

        for login in ["a:one", "b:two"] { #expect(try await statuses(access, login) == [200, 200, 200, 404]) }
        for login in [nil, "a:two", "b:one", "a:", "c:one", "a:onee", "b:\(SecretHash(of: "two"))"] {
            #expect(try await statuses(access, login) == [200, 200, 401, 401], "\(login ?? "none")")
        }
    }

    @Test("the users alone, where probes are protected")
    func protected() async throws {
        let access = OperationsAccess(users: [("a", .init(Secret("one")))], hasOpenProbes: false)

        #expect(try await statuses(access, nil) == [401, 401, 401, 401])
        #expect(try await statuses(access, "a:one") == [200, 200, 200, 404])
    }

    /// The statuses of all paths.
    private func statuses(_ access: OperationsAccess, _ login: String?) async throws -> [Int] {
        let router = Router(context: PeerContext.self)
        let prometheus = Prometheus(Metric.descriptions)
        let scrape = Scrape(prometheus, Telemetry(prometheus))
        Operations(readiness: Readiness(), scrape: scrape, access: { access }).addRoutes(to: router)
        let app = Listener(host: "127.0.0.1", port: 0)
            .application(for: router, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        var headers = HTTPFields()
        if let login { headers[.authorization] = "Basic \(Data(login.utf8).base64EncodedString())" }
        return try await app.test(.router) { [headers] client in
            var statuses: [Int] = []
            for path in Self.paths {
                let answer = try await client.execute(uri: path, method: .get, headers: headers)
                if answer.status == .unauthorized {
                    #expect(answer.headers[.wwwAuthenticate] == #"Basic realm="operations", charset="UTF-8""#)
                }
                statuses.append(answer.status.code)
            }
            return statuses
        }
    }
}
