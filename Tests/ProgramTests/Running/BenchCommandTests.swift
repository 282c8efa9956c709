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

    @Test("bench --pace and --backlog work off a queue that they filled", arguments: ["--pace", "--backlog"])
    func queues(measurement: String) async throws {
        let (code, output) = try await run(["bench", measurement, "--messages", "200", "--picture", "1000"])

        #expect(code == 0, "\(output)")
        let sending = try #require(output.split(separator: "\n").first { $0.hasPrefix("sending") })
        let words = sending.split(separator: " ")
        #expect(try #require(Int(words[1])) > 0)
        // 64 exchanges of 50 ms each.
        #expect(try #require(Double(words[3])) <= 110)
    }

    @Test("bench --api posts batches, and reads one of them and its report")
    func api() async throws {
        let (code, output) = try await run(["bench", "--api", "--messages", "20", "--clients", "2"])

        #expect(code == 0, "\(output)")
        #expect(
            output.split(separator: "\n").map { $0.split(separator: " ").prefix(3).joined(separator: " ") } == [
                "the REST API,", "POST, 1,000 recipients,", "POST, one recipient", "GET of a", "GET of its",
            ])
    }

    @Test("bench --conversation sends messages and batches, and waits for the callbacks of those that failed")
    func conversation() async throws {
        let (code, output) = try await run(["bench", "--conversation", "--messages", "40", "--clients", "2"])

        #expect(code == 0, "\(output)")
        let callbacks = try #require(output.split(separator: "\n").first { $0.hasPrefix("callbacks") })
        #expect(try #require(Int(callbacks.split(separator: " ")[1])) > 0)
    }

    @Test("bench --reports posts the final report of each message, and finds all of them delivered")
    func reports() async throws {
        let (code, output) = try await run(["bench", "--reports", "--messages", "40", "--clients", "2"])

        #expect(code == 0, "\(output)")
        #expect(output.hasPrefix("DeliveryReportReq, 2 connections, each the final report of its message\nanswered "))
    }

    @Test("bench --inbound posts messages from handsets, and says what a large one needs of memory")
    func inbound() async throws {
        let (code, output) = try await run([
            "bench", "--inbound", "--messages", "20", "--clients", "2", "--picture", "1000",
        ])

        #expect(code == 0, "\(output)")
        let memory = try #require(output.split(separator: "\n").last { $0.hasPrefix("memory") })
        #expect(memory.contains("MB per connection"))
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
