import CurlHTTP
import Foundation
import MockMMSC
import SQLStore
import TestPeers
import Testing

@testable import SQLiteStore

/// The executable, killed while MMSCs post what handsets sent. `ROUNDS` and `SEED` as for `CrashTests`.
@Suite("kill -9 while messages from handsets come in", .serialized, .timeLimit(.minutes(15)))
struct InboundCrashTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let rounds = environment["ROUNDS"].flatMap { Int($0) } ?? 5
    private static let seed = environment["SEED"].flatMap { UInt64($0) } ?? .random(in: 1...999_999)

    @Test("what was answered 1000 is told with all its media, and what was not is taken whole when it comes again")
    func rounds() async throws {
        let seed = Self.seed
        try await InboundStage.run { stage in
            var random = SeededGenerator(seed: seed)
            var (posted, repeated, orphans) = (0, 0, 0)
            var open: Set<Int> = []
            for _ in 0..<Self.rounds {
                let gateway = try await stage.start()
                let new = posted..<posted + Int.random(in: 2...6, using: &random)
                posted = new.upperBound
                repeated += open.count
                let wanted = open.union(new)
                async let answered = stage.post(wanted)
                // Half of them die at any time from the first byte of a post to the last webhook call and later, half
                // between the first file and the last row.
                if Bool.random(using: &random) {
                    try await Task.sleep(for: .milliseconds(.random(in: 0...120, using: &random)))
                } else {
                    let life = Duration.milliseconds(.random(in: 0...150, using: &random))
                    try await stage.storesMore(within: .seconds(2))
                    try await Task.sleep(for: life)
                }
                try await stage.kill(gateway)
                open = wanted.subtracting(try await answered)
                orphans = max(orphans, try stage.orphanCount())
            }
            let gateway = try await stage.start()
            repeated += open.count
            #expect(try await stage.post(open) == open, "SEED=\(seed)")

            let told = try await stage.told(of: posted)

            #expect(Set(told.keys) == Set(0..<posted), "SEED=\(seed)")
            for (number, calls) in told {
                // A repeat says the same, but for links that are made anew.
                #expect(Set(calls.map(\.id)).count == 1, "SEED=\(seed), message \(number)")
                for call in calls {
                    let media = call.body.media
                    #expect(media.map(\.status) == ["Uploaded", "Uploaded"], "SEED=\(seed), message \(number)")
                    for (place, item) in media.enumerated() {
                        let bytes = try await stage.download(item.url)
                        #expect(
                            bytes == InboundStage.picture(place, of: number), "SEED=\(seed), message \(number)")
                    }
                }
            }
            gateway.send(SIGTERM)
            #expect(try await gateway.exitCode() == 0)
            #expect(try stage.rowCount() == posted, "SEED=\(seed)")
            print(
                "crash: \(Self.rounds) kills, \(posted) DeliverReqs, \(repeated) repeated,",
                "at most \(orphans) files without a row,",
                "\(told.values.reduce(0) { $0 + $1.count }) webhook calls; seed \(seed)")
        }
    }
}

/// A customer in this process that has a number, and a gateway in one of its own.
private struct InboundStage: ProgramTesting {
    let folder: String
    let customer: TestCustomer
    let client: HTTPClient
    let mm7Port: Int
    let customersPort: Int

    /// One call of the webhook.
    struct Call: Decodable {
        struct Body: Decodable {
            var message: String
            var media: [Item]
        }

        struct Item: Decodable {
            var url: String
            var status: String
        }

        var id: String
        var body: Body
    }

    static func run(_ body: @escaping @Sendable (InboundStage) async throws -> Void) async throws {
        try await withFolder { folder in
            let customer = TestCustomer()
            try await customer.serving { customerURL in
                let stage = InboundStage(
                    folder: folder, customer: customer, client: try HTTPClient(), mm7Port: try FreePort.take(),
                    customersPort: try FreePort.take())
                try """
                {
                  server: {listen: "127.0.0.1:\(stage.customersPort)"}, mm7: {listen: "127.0.0.1:\(stage.mm7Port)"},
                  operations: {listen: "127.0.0.1:0"},
                  data_directory: "\(folder)/data",
                  service_plans: [{
                    id: "plan1", api_tokens: ["token"], numbers: ["12025550100"],
                    callback_url: "\(customerURL)/webhook",
                  }],
                  mmscs: [{name: "north", url: "http://127.0.0.1:1/mm7"}],
                  routes: [{prefix: "", mmscs: ["north"]}],
                  egress: {allow: ["127.0.0.0/8"]},
                  webhooks: {first_delay: "20ms", timeout: "5s", max_in_flight: 2},
                }
                """.write(toFile: folder + "/gateway.json", atomically: true, encoding: .utf8)
                try await body(stage)
                await stage.client.shutdown()
            }
        }
    }

    /// A gateway that serves.
    func start() async throws -> Program {
        let gateway = try Program("serve", "--config", folder + "/gateway.json")
        _ = try await ports(of: gateway)
        return gateway
    }

    func kill(_ gateway: Program) async throws {
        gateway.send(SIGKILL)
        let code = try await gateway.exitCode()
        guard code == 128 + SIGKILL else { throw Unexpected("it ended by itself with \(code): \(gateway.printed)") }
    }

    /// Different for each message and place; the second is larger than what is written at once.
    static func picture(_ place: Int, of number: Int) -> [UInt8] {
        let name = Array("\(number) \(place)".utf8)
        let filling = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: place == 0 ? 5000 : 70_000)
        return [0xFF, 0xD8, 0xFF, 0xE0] + name + filling
    }

    /// Posts all at once; returns those that were answered 1000. A lost answer is none; any other is a fault.
    func post(_ numbers: Set<Int>) async throws -> Set<Int> {
        try await withThrowingTaskGroup(of: Int?.self) { group in
            for number in numbers {
                group.addTask {
                    let response: HTTPResponse
                    do throws(HTTPFailure) {
                        response = try await client.send(request(number))
                    } catch {
                        return nil
                    }
                    let text = String(decoding: response.body, as: UTF8.self)
                    // Put off by a disk that is busy with other tests, it comes again.
                    if response.status == 503, text.contains("<StatusCode>4006<") { return nil }
                    guard response.status == 200, text.contains("<StatusCode>1000<") else {
                        throw Unexpected("message \(number) was answered \(response.status): \(text)")
                    }
                    return number
                }
            }
            return try await group.reduce(into: []) { if let number = $1 { $0.insert(number) } }
        }
    }

    private func request(_ number: Int) -> HTTPRequest {
        let namespace = "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4"
        let soap = """
            --b\r\nContent-Type: text/xml\r\n\r\n\
            <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><TransactionID \
            xmlns="\(namespace)" e:mustUnderstand="1">t\(number)</TransactionID></e:Header><e:Body>\
            <DeliverReq xmlns="\(namespace)"><MM7Version>6.8.0</MM7Version><LinkedID>l\(number)</LinkedID>\
            <Sender><Number>+15550100001</Number></Sender><Recipients><To><Number>12025550100</Number></To>\
            </Recipients></DeliverReq></e:Body></e:Envelope>\r\n\
            --b\r\nContent-Type: text/plain\r\n\r\n\(number)\r\n
            """
        var request = HTTPRequest(method: .post, url: "http://127.0.0.1:\(mm7Port)/mm7/north")
        request.headers = ["Content-Type": "multipart/related; boundary=b"]
        request.body = [Array(soap.utf8)[...]]
        for place in 0...1 {
            request.body.append(Array("--b\r\nContent-Type: image/jpeg\r\n\r\n".utf8)[...])
            request.body.append(Self.picture(place, of: number)[...])
            request.body.append(Array("\r\n".utf8)[...])
        }
        request.body.append(Array("--b--\r\n".utf8)[...])
        return request
    }

    /// What the customer was told, by message, once it has heard of so many.
    func told(of count: Int) async throws -> [Int: [Call]] {
        func calls(_ seen: TestCustomer.Seen) throws -> [Int: [Call]] {
            let calls = try seen.calls.map { try JSONDecoder().decode(Call.self, from: Data($0.utf8)) }
            return Dictionary(grouping: calls) { Int($0.body.message) ?? -1 }
        }
        return try calls(try await customer.wait { ((try? calls($0)) ?? [:]).count == count })
    }

    func download(_ url: String) async throws -> [UInt8] {
        var request = HTTPRequest(method: .get, url: url)
        request.responseLimitBytes = 1 << 20
        let response = try await client.send(request)
        guard response.status == 200 else { throw Unexpected("\(url) was answered \(response.status)") }
        return response.body
    }

    private enum Question: Int, Query {
        case inbounds, hashes

        var sql: String {
            switch self {
            case .inbounds: "SELECT count(*) FROM inbound"
            case .hashes: "SELECT DISTINCT hash FROM inbound_media"
            }
        }
    }

    /// Names of the files of media that are whole.
    private func files() -> [String] {
        let paths = FileManager.default.enumerator(atPath: folder + "/data/media")?.compactMap { $0 as? String } ?? []
        return paths.compactMap { $0.split(separator: "/").last.map(String.init) }.filter { $0.count == 64 }
    }

    /// Returns when there is another file, or when the time is over.
    func storesMore(within limit: Duration) async throws {
        let end = ContinuousClock.now + limit
        let before = files().count
        while .now < end, files().count == before { try await Task.sleep(for: .milliseconds(2)) }
    }

    /// Files that no row names: of messages that a kill met between the two.
    func orphanCount() throws -> Int {
        let connection = try SQLiteDriver(path: folder + "/data/gateway.sqlite", access: .readOnly)
        defer { connection.close() }
        let known = Set(try connection.rows(Question.hashes) { row throws(SQLError) in try row.text() })
        return files().count { !known.contains($0) }
    }

    /// Rows, once the gateway has ended.
    func rowCount() throws -> Int {
        let connection = try SQLiteDriver(path: folder + "/data/gateway.sqlite", access: .readOnly)
        defer { connection.close() }
        return try connection.first(Question.inbounds) { row throws(SQLError) in try row.integer() } ?? -1
    }
}
