import CurlHTTP
import Foundation
import GatewayCore
import PostgresServer
import SQLStore
import TestPeers

@testable import PostgresStore

/// A customer and an MMSC as on `Stage`, and gateways that share a database, each in a process and a folder of its own.
struct ReplicaStage: ProgramTesting {
    static let mostInFlight = 8
    static let messagesPerSecond = 50
    /// The rate, what a sender that comes late may catch up, and what may be under way: it can arrive at once.
    static var mostInSecond: Int { messagesPerSecond + messagesPerSecond / 10 + 1 + mostInFlight }

    let stage: Stage
    let server: TestServer
    /// The way of each gateway to the server.
    let lines: [CuttingProxy]
    /// What the section `media` of each has.
    let media: String

    static func run(
        count: Int, media: String = "", _ body: @escaping @Sendable (ReplicaStage) async throws -> Void
    ) async throws {
        let server = try await TestServer()
        let lines = try (0..<count).map { _ in try CuttingProxy(to: server.port) }
        try await Stage.run { stage in
            try await body(ReplicaStage(stage: stage, server: server, lines: lines, media: media))
        }
    }

    private func database(at port: Int) -> String { "host=127.0.0.1 port=\(port) user=gateway dbname=postgres" }

    /// A gateway that serves.
    struct Member: Sendable {
        let number: Int
        let program: Program
        let port: Int

        var name: String { "replica-\(number)" }
    }

    /// The MMSC reports to the first of them, whichever sends.
    func start(_ number: Int, sendingTo peer: Peer) async throws -> Member {
        let folder = "\(stage.folder)/\(number)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try """
        {
          server: {listen: "127.0.0.1:0"}, mm7: {listen: "127.0.0.1:\(number == 0 ? stage.mm7Port : 0)"},
          operations: {listen: "127.0.0.1:0"},
          data_directory: "\(folder)/data",
          store: {postgresql: "\(database(at: lines[number].port))", replica_name: "replica-\(number)"},
          service_plans: [{id: "plan1", api_tokens: ["token-of-plan1"], default_originator: "12025550100"}],
          mmscs: [{name: "\(peer.name)", url: "\(peer.url)", vaspid: "vasp", timeout: "1s",
            max_in_flight: \(Self.mostInFlight), messages_per_second: \(Self.messagesPerSecond),
            circuit_breaker: {failures: 5, first_pause: "20ms", last_pause: "100ms", repair_pause: "50ms"}}],
          routes: [{prefix: "", mmscs: ["\(peer.name)"]}],
          egress: {allow: ["127.0.0.0/8"]}, media: {\(media)},
          submission: {first_delay: "20ms", last_delay: "200ms", report_grace: "0s"},
          webhooks: {first_delay: "20ms", timeout: "5s", max_in_flight: 8},
          shutdown: {drain: "5s"},
        }
        """.write(toFile: folder + "/gateway.json", atomically: true, encoding: .utf8)
        let program = try Program("serve", "--config", folder + "/gateway.json")
        return Member(number: number, program: program, port: try await ports(of: program).customers)
    }

    /// The name of the gateway that sends to the MMSC; nil where none does.
    func owner(of peer: Peer) throws -> String? {
        try reading { driver throws(SQLError) in
            let result = try driver.query(
                """
                SELECT replica.name FROM duty JOIN replica ON replica.id = duty.owner
                WHERE duty.name = 'mmsc/\(peer.name)' AND replica.expires_at > clock_timestamp()
                """, doing: "testing")
            return result.rowCount > 0 ? result.text(0, 0) : nil
        }
    }

    /// Returns when the media of so many batches is kept.
    func wait(forFetchedBatches count: Int) async throws {
        for _ in 0..<1500 {
            let fetched = try reading { driver in
                try driver.query("SELECT count(DISTINCT batch) FROM batch_medium", doing: "testing").text(0, 0)
            }
            if fetched == "\(count)" { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw Unexpected("the media of \(count) batches was not fetched")
    }

    /// Posts a batch to one after the other until one has answered.
    func post(_ number: Int, to members: [Member]) async throws {
        for attempt in 0..<600 {
            let member = members[(number + attempt) % members.count]
            // Without a status the gateway was killed or held up; the batch may have been accepted, and its key says so.
            let status = try? await stage.post(number, to: member.port)
            if status == 201 { return }
            // 503: the store is away, and the customer is told to come again.
            guard status == nil || status == 503 else {
                throw Unexpected("batch \(number) was answered \(status ?? 0)")
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Unexpected("no 201 for batch \(number)")
    }

    /// Waits until every message has been told of and all is reported, ends the gateways, and settles.
    func settle(_ members: [Member], batches: Int, with peer: Peer) async throws -> Settlement {
        do {
            try await stage.told.wait(for: batches * stage.batchSize, within: .seconds(120))
        } catch {
            let open = try reading { driver in
                try History(reading: driver).messages.filter { stage.told.words(on: $0.name).isEmpty }
            }
            for member in members { member.program.send(SIGTERM) }
            throw Unexpected(
                "\(error); among them \(open.prefix(3)); \(members.map { $0.program.printed.suffix(8) })")
        }
        var reported: [Int] = []
        var journal = try await peer.journal(over: stage.client)
        repeat {
            journal = try await peer.journal(over: stage.client)
            reported.append(journal.counts.reportsAnswered)
            try await Task.sleep(for: .milliseconds(50))
        } while reported.count < 3 || Set(reported.suffix(3)).count > 1
        for member in members {
            member.program.send(SIGTERM)
            let code = try await member.program.exitCode()
            guard code == 0 else {
                throw Unexpected("\(member.name) ended with \(code): \(member.program.printed.suffix(20))")
            }
        }
        let history = try reading { driver in try History(reading: driver) }
        return Settlement(history: history, journals: [peer.name: journal], told: stage.told)
    }

    private func reading<Value>(_ body: (PostgresDriver) throws -> Value) throws -> Value {
        let driver = try PostgresDriver(PostgresServer(Secret(database(at: server.port))), as: .reader)
        defer { driver.close() }
        return try body(driver)
    }
}
