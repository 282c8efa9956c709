import CurlHTTP
import Foundation
import GatewayCore
import MockMMSC
import SQLStore
import TestPeers
import Testing

@testable import SQLiteStore

@Suite("What goes wrong with the disk under a running gateway", .timeLimit(.minutes(5)))
struct StorageFaultTests: ProgramTesting {
    @Test("a full disk: 503 and not ready; with room again all that was accepted is delivered, without a restart")
    func diskFull() async throws {
        try await withFolder { folder in
            // No picture fits either, so that everything waits.
            let customer = TestCustomer(pictureBytes: 980_000)
            let mmsc = MockMMSC(.forTests)
            try await customer.serving { customerURL in
                try await mmsc.serving { mmscURL in
                    let program = try Program("serve", "--config", try configure(folder, mmscURL: mmscURL))
                    let ports = try await ports(of: program)
                    mmsc.postReports(to: "http://127.0.0.1:\(ports.mm7)/mm7/north")
                    try await program.limitFiles(toBytes: try largestFile(in: folder + "/data") + 300_000)
                    // The system sends it to the thread that writes, which may happen to have it blocked.
                    program.send(SIGXFSZ)

                    var accepted = 0
                    var refusal: HTTPResponse?
                    while refusal == nil, accepted < 200 {
                        let response = try await post(batch(for: customerURL, count: 20), to: ports.customers)
                        if response.status == 201 { accepted += 1 } else { refusal = response }
                    }
                    expectRefusal(try #require(refusal))
                    #expect(accepted > 0)
                    let notReady = try await poll {
                        // A commit of one page fits where a batch does not; these use it up.
                        try await readiness(at: ports.operations)
                    } until: {
                        $0.status == 503
                    }
                    #expect(notReady.status == 503)
                    #expect(notReady.body.contains(#""name":"store","status":"failed""#), "\(notReady.body)")
                    #expect(mmsc.journal.counts.received == 0)

                    try await program.limitFiles(toBytes: nil)
                    let ready = try await poll {
                        try await readiness(at: ports.operations)
                    } until: {
                        $0.status == 200
                    }
                    #expect(ready.status == 200)
                    #expect(try await post(batch(for: customerURL, count: 20), to: ports.customers).status == 201)
                    let seen = try await customer.wait { [accepted] in $0.calls.count > accepted }
                    #expect(seen.calls.allSatisfy { $0.contains(#"{"code":0,"status":"Delivered","count":20}"#) })
                    #expect(mmsc.journal.counts.received == 20 * (accepted + 1))
                    try await stop(program)
                }
            }
        }
    }

    @Test("the store's size limit: 503 at it, and a reload with another gives room at once")
    func sizeLimit() async throws {
        try await withFolder { folder in
            let path = try configure(folder, more: #"store: {size_limit: "1MiB"},"#)
            let program = try Program("serve", "--config", path)
            let port = try await ports(of: program).customers
            let batch = batch(for: "http://127.0.0.1:1", count: 500)
            var refusal: HTTPResponse?
            for _ in 0..<100 where refusal == nil {
                let response = try await post(batch, to: port)
                if response.status != 201 { refusal = response }
            }
            expectRefusal(try #require(refusal))

            _ = try configure(folder)
            program.send(SIGHUP)
            _ = try await program.line(with: "size limit was changed")

            #expect(try await post(batch, to: port).status == 201)
            try await stop(program)
        }
    }

    @Test("a database that another process has locked: 503, not ready, reports to be repeated; then nothing is missing")
    func locked() async throws {
        try await withFolder { folder in
            let customer = TestCustomer()
            var peer = MockMMSC.Configuration.forTests
            peer.faults.delay = .milliseconds(300)
            peer.reportRetryDelay = .milliseconds(200)
            peer.reportTries = 100
            let mmsc = MockMMSC(peer)
            try await customer.serving { customerURL in
                try await mmsc.serving { mmscURL in
                    let path = try configure(folder, mmscURL: mmscURL, more: #"store: {busy_timeout: "50ms"},"#)
                    let program = try Program("serve", "--config", path)
                    let ports = try await ports(of: program)
                    mmsc.postReports(to: "http://127.0.0.1:\(ports.mm7)/mm7/north")
                    #expect(try await post(batch(for: customerURL, count: 8), to: ports.customers).status == 201)
                    try await mmsc.journal.wait { $0.received == 8 }

                    let linesBefore = program.printed.count
                    let start = ContinuousClock.now
                    do {
                        let other = try SQLiteDriver.writer(path: folder + "/data/gateway.sqlite")
                        try other.execute("BEGIN EXCLUSIVE", doing: "testing")
                        expectRefusal(try await post(batch(for: customerURL), to: ports.customers))
                        let notReady = try await readiness(at: ports.operations)
                        #expect(notReady.status == 503)
                        #expect(notReady.body.contains("database is locked"))
                        let report = try await report(to: ports.mm7)
                        #expect(report.status == 503)
                        #expect(report.body.contains(">4006<"))
                        // How long it lasts is what the lines are counted for.
                        try await Task.sleep(for: .seconds(3))
                        other.close()
                    }
                    let lines = program.printed[linesBefore...]
                    // Each second a line for each exchange that waits, for the lane and for the sweep.
                    let seconds = Int((ContinuousClock.now - start) / .seconds(1))
                    #expect(lines.count < 20 + 10 * seconds, "\(lines.joined(separator: "\n"))")
                    let waiting = lines.filter { !$0.contains("[Submission]") }
                    #expect(waiting.count < 6, "\(waiting.joined(separator: "\n"))")

                    let ready = try await poll {
                        try await readiness(at: ports.operations)
                    } until: {
                        $0.status == 200
                    }
                    #expect(ready.status == 200)
                    #expect(try await report(to: ports.mm7).status == 200)
                    #expect(try await post(batch(for: customerURL, count: 8), to: ports.customers).status == 201)
                    let seen = try await customer.wait { $0.calls.count == 2 }
                    #expect(seen.calls.allSatisfy { $0.contains(#"{"code":0,"status":"Delivered","count":8}"#) })
                    #expect(mmsc.journal.counts.received == 16, "no outcome was lost, so nothing was sent again")
                    try await stop(program)
                    #expect(customer.seen.calls.count == 2, "nothing was told again")
                }
            }
        }
    }

    @Test("media that may not be written: not ready, and delivered once they may")
    func readOnlyMedia() async throws {
        try await withFolder { folder in
            let customer = TestCustomer()
            let mmsc = MockMMSC(.forTests)
            let media = [folder + "/data/media", folder + "/data/media/drafts"]
            try await customer.serving { customerURL in
                try await mmsc.serving { mmscURL in
                    let path = try configure(folder, mmscURL: mmscURL)
                    let program = try Program("serve", "--config", path, heedsPermissions: true)
                    let ports = try await ports(of: program)
                    mmsc.postReports(to: "http://127.0.0.1:\(ports.mm7)/mm7/north")
                    for folder in media { try setMode(0o555, of: folder) }

                    #expect(try await post(batch(for: customerURL), to: ports.customers).status == 201)
                    let notReady = try await readiness(at: ports.operations)
                    #expect(notReady.status == 503)
                    #expect(notReady.body.contains(#""name":"media","status":"failed""#), "\(notReady.body)")
                    _ = try await program.line(with: "does not take media")

                    for folder in media { try setMode(0o700, of: folder) }
                    let seen = try await customer.wait { !$0.calls.isEmpty }
                    #expect(seen.calls.first?.contains("Delivered") == true)
                    #expect(seen.fetches["/picture.jpg"] == 1)
                    #expect(try await readiness(at: ports.operations).status == 200)
                    try await stop(program)
                }
            }
        }
    }

    /// The API's own form, and a wish when to try again.
    private func expectRefusal(_ response: HTTPResponse, sourceLocation: SourceLocation = #_sourceLocation) {
        let body = String(decoding: response.body, as: UTF8.self)
        #expect(response.status == 503, sourceLocation: sourceLocation)
        #expect(body.hasPrefix(#"{"code":"unavailable","text":"#), "\(body)", sourceLocation: sourceLocation)
        let wish = response.headers.first { $0.name.lowercased() == "retry-after" }?.value
        #expect(wish.flatMap { Int($0) } != nil, sourceLocation: sourceLocation)
    }

    private func largestFile(in folder: String) throws -> Int {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        return try files.map { name in
            try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")[.size] as? Int ?? 0
        }.max() ?? 0
    }
}
