import ArgumentParser
import Foundation
import GatewayCore
import SQLStore
import SQLiteStore
import TestPeers
import Testing

@testable import Bench
@testable import mm7_gateway

@Suite("The measurement of whole lives", .timeLimit(.minutes(5)), .serialized)
struct LifeBenchTests: ProgramTesting {
    @Test(
        "each message that was accepted is submitted, reported and told of",
        arguments: [
            ["--messages", "20"],
            ["--messages", "20", "--pictures", "shared", "--picture", "1000", "--report", "per_recipient_final"],
            ["--messages", "40", "--recipients", "10", "--pictures", "shared", "--report", "full", "--clients", "2"],
            ["--messages", "12", "--mmsc-delay", "20ms", "--media-delay", "20ms", "--in-flight", "4"],
        ])
    func adding(arguments: [String]) async throws {
        let report = try await measure(arguments)
        let life = try #require(report.lives.first)

        #expect(life.accepted == Int(arguments[1]))
        #expect(life.counts == [Int](repeating: life.accepted, count: 4))
        #expect(life.messagesPerSecond > 0 && life.processorSecondsPerThousand > 0)
        #expect(life.acceptP50 <= life.acceptP99 && life.acceptP99 <= life.acceptP999)
        #expect(life.commitsPerMessage > 0)
        #expect(life.peakResidentBytes >= life.residentBytes && life.residentBytes > 0)
        #expect(try #require(life.floor).processorRatio > 1)
        let rates = report.simulators
        #expect(rates.mmsc > 0 && rates.media > 0 && rates.clients > 0)
    }

    @Test("nobody is told where nobody wants to be, and the reports come all the same")
    func silent() async throws {
        let life = try #require(try await measure(["--messages", "10", "--report", "none"]).lives.first)

        #expect(life.counts == [Int]([10, 10, 10, 0]))
    }

    @Test(
        "with --store postgresql the server's log, commits and processor time are counted, and nothing of it stays",
        .enabled(if: ServerPrograms.areInstalled))
    func postgresql() async throws {
        try await withFolder { folder in
            let report = try await measure(
                ["--store", "postgresql", "--messages", "20", "--recipients", "10"], environment: ["TMPDIR": folder])
            let life = try #require(report.lives.first)

            #expect(report.store == .postgresql)
            #expect(life.counts == [20, 20, 20, 20])
            #expect(life.commitsPerMessage > 0)
            #expect(try #require(life.logBytesPerMessage) > 0)
            #expect(try #require(life.serverProcessorSecondsPerThousand) > 0)
            #expect(life.floor == nil)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        }
    }

    @Test(
        "replicas share the messages, beside a transaction that somebody holds open",
        .enabled(if: ServerPrograms.areInstalled))
    func replicas() async throws {
        let arguments = ["--store", "postgresql", "--replicas", "2", "--held-transaction"]
        let life = try #require(try await measure(arguments + ["--messages", "40", "--recipients", "10"]).lives.first)

        #expect(life.counts == [40, 40, 40, 40])
        #expect(life.name.hasSuffix("2 replicas, a transaction held open"))
        #expect(life.systemCalls == nil)
    }

    @Test(
        "what is interrupted leaves no process and no folder", .enabled(if: ServerPrograms.areInstalled),
        arguments: [SIGINT, SIGTERM])
    func interrupted(signal: Int32) async throws {
        try await withFolder { folder in
            let program = try Program(
                arguments: ["bench", "--life", "--store", "postgresql", "--seconds", "60"],
                environment: ["TMPDIR": folder])
            _ = try await program.line(with: "messages/s")
            let paths = try await poll({ Self.processes(naming: folder) }, until: { $0.count >= 2 })
            #expect(paths.count >= 2)

            program.send(signal)

            #expect(try await program.exitCode() == 128 + signal)
            #expect(Self.processes(naming: folder) == [])
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        }
    }

    @Test("a schema goes behind what an address says, in each of its forms")
    func addresses() {
        let forms = [
            "postgresql://db1/gateway", "postgres://u@db1,db2/g?sslmode=require", "host=db1 dbname=g", "service=mms",
            "g",
            "",
        ]

        #expect(
            forms.map { Secret($0).inSchema("s1").reveal() } == [
                "postgresql://db1/gateway?options=-csearch_path%3Ds1",
                "postgres://u@db1,db2/g?sslmode=require&options=-csearch_path%3Ds1",
                "host=db1 dbname=g options='-csearch_path=s1'", "service=mms options='-csearch_path=s1'",
                "dbname=g options='-csearch_path=s1'", " options='-csearch_path=s1'",
            ])
    }

    @Test(
        "what is for one store is not asked of the other",
        arguments: [
            ["--life", "--store", "postgresql", "--stored", "10000"], ["--reports", "--store", "postgresql"],
            ["--life", "--server", "host=db1"], ["--life", "--replicas", "2"], ["--life", "--held-transaction"],
        ])
    func usage(arguments: [String]) async throws {
        let (code, output) = try await run(["bench"] + arguments)

        #expect(code == 64, "\(output)")
    }

    @Test("a store that is filled beforehand is whole, and every message in it was delivered")
    func filled() async throws {
        try await withFolder { folder in
            try await FilledStore.fill(folder, delivered: 3_000, pictureBytes: 1_000)

            let copy = try DatabaseCopy.make(of: folder, at: folder + "/copy", now: Date())
            let facts = try copy.facts()
            #expect(facts.batches == 3)
            #expect(facts.messages == 3_000)
            #expect(facts.waiting == 0)
            #expect(try copy.faults() == [])
            let store = try await FilledStore(dataDirectory: folder).store
            #expect(try await store.keptSpan().events == 3_000)
            await store.close()
        }
    }

    @Test("without an option the suite is measured, with any an order of its own")
    func orders() throws {
        let suite = try LifeOptions.parse([])
        let one = try LifeOptions.parse(["--recipients", "200", "--report", "full", "--seconds", "3"])

        #expect(suite.orders(messages: nil, picture: nil, inFlight: nil, clients: nil).count == LifeSuite.orders.count)
        let few = suite.orders(messages: 10, picture: nil, inFlight: nil, clients: nil)
        #expect(few.map(\.amount) == [LifeOrder.Amount.messages(10)])
        let order = try #require(one.orders(messages: nil, picture: 300_000, inFlight: nil, clients: nil).first)
        #expect(order.recipients == 200)
        #expect(order.report == LifeOrder.Report.full)
        #expect(order.amount == LifeOrder.Amount.seconds(3))
        #expect(order.pictureBytes == 300_000)
    }

    @Test("counts of system calls are read from the table of strace")
    func systemCalls() {
        let table = """
            % time     seconds  usecs/call     calls    errors syscall
            ------ ----------- ----------- --------- --------- ----------------
             62.45    0.013221          18       712       101 futex
             37.55    0.007949           9       803           pwrite64
            ------ ----------- ----------- --------- --------- ----------------
            100.00    0.021170          13      1515       101 total
            """

        #expect(SystemCalls.counts(in: table) == ["futex": 712, "pwrite64": 803])
    }

    /// The command lines that have the path in them.
    private static func processes(naming path: String) -> [String] {
        let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return numbers.filter { Int($0) != nil }.compactMap { number in
            // A process may have ended meanwhile.
            let line = FileManager.default.contents(atPath: "/proc/\(number)/cmdline") ?? Data()
            return String(decoding: line, as: UTF8.self)
        }.filter { $0.contains(path) }
    }

    private func measure(
        _ arguments: [String], environment: [String: String] = [:]
    ) async throws -> LifeReport {
        let program = try Program(arguments: ["bench", "--life", "--json"] + arguments, environment: environment)
        let output = await program.output()
        let code = try await program.exitCode()
        guard code == 0, let begin = output.firstIndex(of: "{") else { throw Unexpected(output) }
        return try JSONDecoder().decode(LifeReport.self, from: Data(output[begin...].utf8))
    }
}

extension LifeFigures {
    /// How many messages went each part of the way.
    fileprivate var counts: [Int] { [accepted, submitted, reported, called] }
}
