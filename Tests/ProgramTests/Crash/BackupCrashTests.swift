import CurlHTTP
import Foundation
import TestPeers
import Testing

/// A backup that is taken while a gateway has its hands full, and all that came after it lost with the data directory.
@Suite("A backup taken under load", .serialized, .timeLimit(.minutes(10)))
struct BackupCrashTests: ProgramTesting {
    /// Posts batches one after the other until it is told to stop.
    private actor Load {
        private(set) var accepted: [Int] = []
        private var isOver = false

        func stop() { isOver = true }

        func run(_ stage: Stage, to port: Int) async throws {
            var number = 0
            while !isOver {
                let status = try await stage.post(number, to: port)
                guard status == 201 else { throw Unexpected("batch \(number) was answered \(status)") }
                accepted.append(number)
                number += 1
            }
        }
    }

    /// Whether it is not certain that the MMSC has it, on its way included.
    private static func isOpen(_ message: History.Message) -> Bool {
        ["queued", "submitting", "in_doubt"].contains(message.state)
    }

    @Test("is restored and started from: no message of then is lost, and whatever is sent again was in doubt")
    func settled() async throws {
        try await Stage.run { stage in
            let peer = try stage.peer(faults: ["--delay", "40ms"], seed: 1)
            let mmsc = try await peer.start()
            try stage.configure(peer)
            let config = ["--config", stage.folder + "/gateway.json"]
            let backups = stage.folder + "/backups"
            let (first, port) = try await stage.start()
            let load = Load()
            async let posting: Void = load.run(stage, to: port)
            _ = try await poll({ await load.accepted.count }, until: { $0 >= 10 })

            let before = await load.accepted.count
            let backup = try await run(["backup", backups] + config)
            #expect(backup.code == 0, "\(backup.output)")
            let after = await load.accepted.count
            _ = try await poll({ await load.accepted.count }, until: { $0 >= after + 5 })
            await load.stop()
            try await posting
            // All that was accepted is sent by now, by a gateway whose database nobody will see again.
            let posted = await load.accepted.count
            try await stage.told.wait(for: posted * stage.batchSize, within: .seconds(60))
            first.send(SIGKILL)
            _ = try await first.exitCode()
            let journalBefore = try await peer.journal(over: stage.client)

            let verified = try await run(["backup", backups, "--verify"] + config)
            #expect(verified.code == 0, "\(verified.output)")
            #expect(verified.output.contains("is whole"))
            let refused = try await run(["restore", backups] + config)
            #expect(refused.code == 1 && refused.output.contains("--replace"), "\(refused.output)")
            let restored = try await run(["restore", backups, "--replace"] + config)
            #expect(restored.code == 0, "\(restored.output)")

            let held = try History(of: stage.dataDirectory).messages
            #expect(held.count >= before * stage.batchSize, "everything accepted before is in the backup")
            let open = Set(held.filter { Self.isOpen($0) }.map(\.id))
            let (second, _) = try await stage.start()
            let settled = try await poll(
                { try History(of: stage.dataDirectory).messages },
                until: { messages in !messages.contains { Self.isOpen($0) } })
            try await stop(second)

            let journal = try await peer.journal(over: stage.client)
            #expect(settled.map(\.id) == held.map(\.id))
            #expect(Set(settled.map(\.state)).isSubset(of: ["delivered", "submitted"]), "\(Set(settled.map(\.state)))")
            #expect(settled.allSatisfy { journal.submissions[$0.id]?.messageID == $0.messageID }, "each arrived")
            // What was sent again was open in the backup, and goes under the name by which the MMSC knows it. Not that
            // which the first gateway sent twice itself, because an answer was late.
            let again = settled.filter { message in
                guard let before = journalBefore.submissions[message.id] else { return false }
                return journal.submissions[message.id].map { $0.received > before.received } ?? false
            }
            #expect(Set(again.map(\.id)).isSubset(of: open))
            #expect(again.allSatisfy { $0.attempts.last?.isResend == true })
            // Those that were on their way when the copy was made are counted in a line of their own; what was in doubt
            // then already has been told.
            let said = second.printed.filter { $0.contains("on_lost_answer") }
            let doubt = said.compactMap { $0.loggedNumber("count") }.reduce(0, +)
            #expect(doubt == held.count { ["queued", "submitting"].contains($0.state) }, "each is counted: \(said)")
            print("backup: \(held.count) messages, \(open.count) open, \(again.count) sent again, \(posted) batches")
            mmsc.send(SIGKILL)
            _ = try await mmsc.exitCode()
        }
    }

    @Test("that finds the disk full says so, and the one before is whole")
    func fullDisk() async throws {
        try await Stage.run { stage in
            let peer = try stage.peer(seed: 1)
            try stage.configure(peer)
            let config = ["--config", stage.folder + "/gateway.json"]
            let backups = stage.folder + "/backups"
            let (gateway, _) = try await stage.start()
            let whole = try await run(["backup", backups] + config)
            #expect(whole.code == 0, "\(whole.output)")

            let command = "ulimit -f 64; exec \(Program.path) backup \(backups) \(config.joined(separator: " "))"
            let full = try Program(shell: command)
            let output = await full.output()

            #expect(try await full.exitCode() == 1)
            #expect(output.contains("the database was not copied"), "\(output)")
            let verified = try await run(["backup", backups, "--verify"] + config)
            #expect(verified.code == 0, "\(verified.output)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: backups).allSatisfy { !$0.hasSuffix(".part") })
            try await stop(gateway)
        }
    }
}
