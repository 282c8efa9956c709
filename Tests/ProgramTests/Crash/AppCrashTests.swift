import CurlHTTP
import Foundation
import MockMMSC
import TestPeers
import Testing

/// The executable, killed while an app sends. `ROUNDS` and `SEED` as for `CrashTests`.
@Suite("kill -9 while an app sends", .serialized, .timeLimit(.minutes(15)))
struct AppCrashTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let rounds = environment["ROUNDS"].flatMap { Int($0) } ?? 5
    private static let seed = environment["SEED"].flatMap { UInt64($0) } ?? .random(in: 1...999_999)

    @Test("every number gets one message and one contact, and each message one fate")
    func rounds() async throws {
        let seed = Self.seed
        try await AppStage.run { stage in
            let peer = try stage.peer(seed: seed)
            let mmsc = try await peer.start()
            try stage.configure(peer)
            var random = SeededGenerator(seed: seed)
            var all: Set<AppStage.Request> = []
            var open: Set<AppStage.Request> = []
            for round in 0..<Self.rounds {
                let gateway = try await stage.start()
                let new = (0..<Int.random(in: 1...6, using: &random)).map { AppStage.Request.message(round * 10 + $0) }
                all.formUnion(new + [.batch(round)])
                open.formUnion(new + [.batch(round)])
                let wanted = open
                async let answered = Self.post(wanted, stage)
                try await Task.sleep(for: .milliseconds(.random(in: 0...400, using: &random)))
                gateway.send(SIGKILL)
                _ = try await gateway.exitCode()
                open.subtract(try await answered)
            }
            let gateway = try await stage.start()
            #expect(try await Self.post(open, stage) == open, "SEED=\(seed)")
            let numbers = Set(all.flatMap(\.numbers))

            let receipts = try await Self.receipts(of: numbers, stage)

            #expect(Set(receipts.keys) == numbers, "SEED=\(seed)")
            for (number, receipt) in receipts {
                #expect(receipt.messages.count == 1, "SEED=\(seed), \(number): \(receipt)")
                #expect(receipt.ends == ["DELIVERED"], "SEED=\(seed), \(number): \(receipt)")
            }
            let contacts = try await stage.contacts()
            #expect(contacts.count == numbers.count, "SEED=\(seed)")
            #expect(Set(contacts.flatMap(\.identities).map(\.identity)) == numbers, "SEED=\(seed)")
            gateway.send(SIGTERM)
            #expect(try await gateway.exitCode() == 0)
            print(
                "crash: \(Self.rounds) kills, \(all.count) requests for \(numbers.count) numbers,",
                "\(stage.customer.seen.calls.count) webhook calls; seed \(seed)")
            mmsc.send(SIGKILL)
            _ = try await mmsc.exitCode()
        }
    }

    /// Posts all at once; returns those that were accepted. A lost answer is none; any other than 200 is a fault.
    private static func post(
        _ requests: Set<AppStage.Request>, _ stage: AppStage
    ) async throws -> Set<AppStage.Request> {
        try await withThrowingTaskGroup(of: AppStage.Request?.self) { group in
            for request in requests {
                group.addTask {
                    let status: Int
                    do throws(HTTPFailure) {
                        status = try await stage.post(request)
                    } catch {
                        return nil
                    }
                    guard status == 200 else { throw Unexpected("\(request) was answered \(status)") }
                    return request
                }
            }
            return try await group.reduce(into: []) { if let request = $1 { $0.insert(request) } }
        }
    }

    /// What was said of a number's messages.
    private struct Receipts {
        var messages: Set<String> = []
        /// The final statuses that were said.
        var ends: Set<String> = []
    }

    /// What the app hears of the numbers, once it has heard of the end of each.
    private static func receipts(
        of numbers: Set<String>, _ stage: AppStage
    ) async throws -> [String: Receipts] {
        struct Callback: Decodable {
            struct Report: Decodable {
                struct Identity: Decodable {
                    let identity: String
                }

                let messageId: String
                let status: String
                let channelIdentity: Identity
            }

            let messageDeliveryReport: Report?
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        // Each call is read once, however often it is asked whether all are there.
        var (receipts, read, ended) = ([String: Receipts](), 0, Set<String>())
        try await stage.customer.wait { seen in
            for call in seen.calls[read...] {
                read += 1
                guard let callback = try? decoder.decode(Callback.self, from: Data(call.utf8)),
                    let report = callback.messageDeliveryReport
                else { continue }
                let number = report.channelIdentity.identity
                receipts[number, default: Receipts()].messages.insert(report.messageId)
                guard report.status != "QUEUED_ON_CHANNEL" else { continue }
                receipts[number]?.ends.insert(report.status)
                ended.insert(number)
            }
            return ended == numbers
        }
        return receipts
    }
}
