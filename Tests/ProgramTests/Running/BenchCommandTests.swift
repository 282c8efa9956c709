import Foundation
import Testing

/// The measurements with few messages: that they come to their end and say what they promise, not how fast this machine is.
@Suite("The measurements", .timeLimit(.minutes(5)), .serialized)
struct BenchCommandTests: ProgramTesting {
    @Test("bench --line follows every message to its report, and says what each stage took")
    func line() async throws {
        let (code, output) = try await run(["bench", "--line", "--messages", "40", "--picture", "20000"])

        #expect(code == 0, "\(output)")
        let lines = output.split(separator: "\n").map(String.init)
        #expect(lines.first == "40 messages of 20000 bytes, 32 in flight")
        #expect(
            lines.dropFirst().map { $0.prefix { $0 != " " } }
                == ["accepted", "submitted", "reported", "memory", "MMSC"])
        #expect(lines.first { $0.hasPrefix("submitted") }?.contains("CPU-seconds per 1,000") == true)
    }

    @Test("bench --media sends each batch once its own file is there")
    func media() async throws {
        let (code, output) = try await run(["bench", "--media", "--messages", "10", "--clients", "2"])

        #expect(code == 0, "\(output)")
        #expect(output.hasPrefix("10 batches of one message, a media server that takes 100 ms for a file\nsending"))
    }

    @Test("bench --retention removes from the eighth day on what each day adds, and the database grows no more")
    func retention() async throws {
        let (code, output) = try await run(["bench", "--retention", "--rate", "0.0002"])

        #expect(code == 0, "\(output)")
        // Number, batches, events, ..., removed.
        let days = output.split(separator: "\n").map { $0.split(separator: " ") }
            .filter { $0.count > 10 && $0.prefix(3).allSatisfy { Int($0) != nil } }
        #expect(days.compactMap { Int($0[0]) } == Array(1...30))
        let kept = days.compactMap { Int($0[1]) }
        let removed = days.compactMap { Int($0[9]) }
        let daily = try #require(kept.first)
        #expect(kept == (1...30).map { daily * min($0, 7) })
        #expect(removed == (1...30).map { $0 > 7 ? daily : 0 })
        let sizes = days.compactMap { Double($0[3]) }
        #expect(try #require(sizes.last) <= 1.2 * sizes[7])
    }
}
