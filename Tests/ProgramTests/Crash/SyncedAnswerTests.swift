import CurlHTTP
import Foundation
import TestPeers
import Testing

/// The promise that makes all others true, counted at the system's calls: whatever makes sending faster leaves it as it is.
@Suite("What is answered is on the disk", .timeLimit(.minutes(5)), .enabled(if: SystemCallLog.isAvailable))
struct SyncedAnswerTests: ProgramTesting {
    @Test("each 201 of a batch comes after a sync of its own, and each 1000 to an MMSC")
    func synced() async throws {
        try await withFolder { folder in
            let path = try configure(folder)
            try String(contentsOfFile: path, encoding: .utf8)
                .replacingOccurrences(of: "mm7: {", with: #"mm7: {unknown_recipients: "quarantine", "#)
                .write(toFile: path, atomically: true, encoding: .utf8)
            let program = try Program("serve", "--config", path)
            let ports = try await ports(of: program)
            let client = try HTTPClient()
            let log = try SystemCallLog(of: "fdatasync", by: program.identifier, at: folder + "/calls")
            _ = try await poll({ try SystemCallLog.isWatched(program.identifier) }, until: \.self)
            var before = try log.count

            // More in a row than the gateway's own writes of a second could hide.
            for number in 0..<20 {
                #expect(try await post(later, to: ports.customers).status == 201)
                #expect(try log.count > before, "batch \(number)")
                before = try log.count
            }
            for number in 0..<20 {
                #expect(try await Delivery(linkedID: "l\(number)").post(to: ports.mm7, by: client))
                #expect(try log.count > before, "DeliverReq \(number)")
                before = try log.count
            }
            try await stop(program)
        }
    }

    private let later = """
        {"type":"mt_media","to":["15550101000"],"send_at":"2099-01-01T00:00:00Z",\
        "body":{"url":"https://media.example.net/picture.jpg","message":"Hello"}}
        """
}
