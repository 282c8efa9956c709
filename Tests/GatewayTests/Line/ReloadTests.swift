import GatewayCore
import MockMMSC
import Testing

@testable import mm7_gateway

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
}

extension Directory {
    /// The same customers and routes without the MMSC.
    fileprivate static func forTests(without mmsc: MMSC) -> Directory {
        var directory = Directory.forTests(mmsc)
        directory.mmscs = [:]
        return directory
    }
}
