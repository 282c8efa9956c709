import GatewayConfiguration
import GatewayCore
import MockMMSC
import TestPeers
import Testing

@testable import Gateway

@Suite("A reload that takes an MMSC away and brings it back", .timeLimit(.minutes(5)))
struct ReloadTests {
    @Test("its messages go on, however short it was away and whatever was in flight")
    func awayAndBack() async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.faults.delay = .milliseconds(50)
        try await Line.run(mmsc: peer) { line in
            let north = try #require(line.gateway.directory.now.mmscs["north"])
            let numbers = (0..<60).map { "1555010\(1000 + $0)" }

            for start in stride(from: 0, to: numbers.count, by: 10) {
                _ = try await line.send(to: Array(numbers[start..<start + 10]))
                line.gateway.directory.replace(with: .forTests(without: north))
                // What a lane sees depends on when it looks: each round leaves it another time.
                for _ in 0..<start { await Task.yield() }
                if start % 20 == 0 { _ = try await line.get("batches") }
                line.gateway.directory.replace(with: .forTests(north))
            }

            let counts = try await line.mmsc.journal.wait { $0.accepted >= numbers.count }
            #expect(counts.accepted == numbers.count)
            #expect(counts.violations == 0)
        }
    }

    @Test("while it is away and may have messages, readiness warns of them")
    func awayInDoubt() async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.faults.drop = 1
        try await Line.run(mmsc: peer) { line in
            let north = try #require(line.gateway.directory.now.mmscs["north"])
            _ = try await line.send()
            _ = try await line.mmsc.journal.wait { $0.dropped > 0 }
            line.gateway.directory.replace(with: .forTests(without: north))

            let warning = "not in the configuration any more; 1 messages wait for it"
            while try await !line.readiness().contains(warning) { try Task.checkCancellation() }

            line.gateway.directory.replace(with: .forTests(north))
            #expect(try await !line.readiness().contains(warning))
        }
    }
}

extension Directory {
    /// The same customers and routes without the MMSC.
    fileprivate static func forTests(without mmsc: MMSC) -> Directory {
        var directory = Directory.forTests(mmsc)
        directory.mmscs = [:]
        return directory
    }
}
