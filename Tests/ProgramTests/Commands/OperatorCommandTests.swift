import Foundation
import MockMMSC
import TestPeers
import Testing

@Suite("The operator's commands", .timeLimit(.minutes(5)))
struct OperatorCommandTests: ProgramTesting {
    @Test("send, show and status beside a running gateway, and status and show after it")
    func commands() async throws {
        try await withFolder { folder in
            let customer = TestCustomer()
            let mmsc = MockMMSC(.forTests)
            try await customer.serving { customerURL in
                try await mmsc.serving { mmscURL in
                    let gateway = try Program("serve", "--config", try configure(folder, mmscURL: mmscURL))
                    let ports = try await ports(of: gateway)
                    mmsc.postReports(to: "http://127.0.0.1:\(ports.mm7)/mm7/north")
                    // The file that the commands read names the ports that the system chose.
                    let path = try configure(
                        folder, mmscURL: mmscURL, serverPort: ports.customers, mm7Port: ports.mm7,
                        operationsPort: ports.operations)

                    let sent = try await run([
                        "send", "--config", path, "--plan", "plan1", "--to", "15550100001", "+1 555 010 0002",
                        "--media", "\(customerURL)/picture.jpg", "--text", "Hello", "--subject", "Hi", "--wait",
                    ])
                    #expect(sent.code == 0, "\(sent.output)")
                    let lines = sent.output.split(separator: "\n").map(String.init)
                    #expect(lines.dropFirst() == ["2 Delivered (0)"])
                    let batch = try #require(lines.first)

                    let running = try await run(["status", "--config", path])
                    #expect(running.code == 0)
                    #expect(running.output.hasPrefix("The gateway runs and is ready.\n"), "\(running.output)")
                    #expect(running.output.contains("\nnorth  well "), "\(running.output)")

                    let shown = try await run(["show", batch, "--config", path])
                    #expect(shown.code == 0)
                    #expect(shown.output.contains("recipient      15550100001\n"), "\(shown.output)")
                    #expect(shown.output.contains("recipient      15550100002\n"))
                    #expect(shown.output.contains("attempt 1 at north: accepted, 1000"))
                    #expect(shown.output.contains("delivered, for good"))
                    #expect(shown.output.contains("<VASPID>•••</VASPID>"))
                    #expect(shown.output.contains("Content-Type: image/jpeg"))
                    #expect(!shown.output.contains("an empty part stands in its place"))

                    let watched = try await run(["show", batch, "--watch", "--config", path])
                    #expect(watched.code == 0)
                    #expect(watched.output.contains("delivered, for good"), "\(watched.output)")
                    let found = try await run(["find", "--to", "+1 555 010 0002", "--since", "1h", "--config", path])
                    #expect(found.code == 0)
                    #expect(
                        found.output.contains("15550100002  delivered  north  service plan plan1"), "\(found.output)")
                    let coloured = Character("\u{1B}")
                    #expect(!found.output.contains(coloured) && !running.output.contains(coloured))
                    #expect(try await run(["find", "--reference", "none", "--config", path]).code == 1)
                    #expect(try await run(["find", "--config", path]).code == 64)

                    gateway.send(SIGTERM)
                    #expect(try await gateway.exitCode() == 0)
                    let left = try await run(["status", "--json", "--config", path])
                    #expect(left.code == 0)
                    #expect(left.output.contains(#""gateway":"not_running""#), "\(left.output)")
                    let messageID = try #require(mmsc.journal.submissions.first?.messageID)
                    let story = try await run(["show", messageID, "--json", "--config", path])
                    #expect(story.code == 0)
                    #expect(story.output.contains(#""message_id":"\#(messageID)""#), "\(story.output)")
                }
            }
        }
    }

    @Test("send takes a file of this machine, where egress lets the gateway fetch it")
    func localFile() async throws {
        try await withFolder { folder in
            let mmsc = MockMMSC(.forTests)
            try await mmsc.serving { mmscURL in
                let gateway = try Program("serve", "--config", try configure(folder, mmscURL: mmscURL))
                let ports = try await ports(of: gateway)
                mmsc.postReports(to: "http://127.0.0.1:\(ports.mm7)/mm7/north")
                func configured(egress: String) throws -> String {
                    try configure(
                        folder, mmscURL: mmscURL, serverPort: ports.customers, mm7Port: ports.mm7,
                        operationsPort: ports.operations, egress: egress)
                }
                let picture = folder + "/my picture.jpg"
                try Data(contentsOf: Repository.root.appending(path: "Sources/Bench/Demo/picture.jpg"))
                    .write(to: URL(filePath: picture))
                let send = ["send", "--plan", "plan1", "--to", "15550100001", "--media"]

                let path = try configured(egress: #"["127.0.0.1"]"#)
                let waited = try await run(send + [picture, "--wait", "--config", path])
                #expect(waited.code == 0, "\(waited.output)")
                #expect(waited.output.contains("1 Delivered (0)"))
                #expect(try await run(send + [picture, "--config", path]).code == 0)
                #expect(try await run(send + [folder + "/none.jpg", "--config", path]).code == 1)

                let refused = try await run(send + [picture, "--config", try configured(egress: "[]")])
                #expect(refused.code == 1)
                #expect(refused.output.contains("egress.allow"), "\(refused.output)")
                gateway.send(SIGTERM)
                #expect(try await gateway.exitCode() == 0)
            }
        }
    }

    @Test("what only looks at a gateway needs none of its secrets")
    func withoutSecrets() async throws {
        try await withFolder { folder in
            let secret = #"api_tokens: ["${MM7_TOKEN_OF_THE_DAEMON}"]"#
            func configured(_ ports: (customers: Int, mm7: Int, operations: Int)) throws -> String {
                let path = try configure(
                    folder, serverPort: ports.customers, mm7Port: ports.mm7, operationsPort: ports.operations)
                let text = try String(contentsOfFile: path, encoding: .utf8)
                    .replacingOccurrences(of: #"api_tokens: ["token-of-plan1"]"#, with: secret)
                try text.write(toFile: path, atomically: true, encoding: .utf8)
                return path
            }
            let gateway = try Program(
                arguments: ["serve", "--config", try configured((0, 0, 0))],
                environment: ["MM7_TOKEN_OF_THE_DAEMON": "token-of-plan1"])
            let path = try configured(try await ports(of: gateway))

            for command in [["status"], ["quarantine"], ["healthcheck"], ["quarantine", "release", "--all"]] {
                let result = try await run(command + ["--config", path])
                #expect(result.code == 0, "\(command): \(result.output)")
            }
            #expect(try await run(["show", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "--config", path]).code == 1)
            #expect(try await run(["check-config", "--config", path]).code == 78)
            gateway.send(SIGTERM)
            #expect(try await gateway.exitCode() == 0)
        }
    }

    @Test("an MMSC that is down is told by status, with why")
    func down() async throws {
        try await withFolder { folder in
            let customer = TestCustomer()
            try await customer.serving { customerURL in
                let gateway = try Program("serve", "--config", try configure(folder))
                let ports = try await ports(of: gateway)
                let path = try configure(
                    folder, serverPort: ports.customers, mm7Port: ports.mm7, operationsPort: ports.operations)
                let sent = try await run([
                    "send", "--config", path, "--plan", "plan1", "--to", "15550100001", "--media",
                    "\(customerURL)/picture.jpg", "--wait", "--timeout", "1",
                ])
                #expect(sent.code == 1)
                #expect(sent.output.contains("1 Queued (400)\n"), "\(sent.output)")

                // It stays open between two pauses, and one message tries it in each; a single failure opens nothing.
                let status = try await poll {
                    try await run(["status", "--config", path])
                } until: {
                    $0.output.firstMatch(of: /north +(half )?open/) != nil
                }
                #expect(status.output.firstMatch(of: /north +(half )?open/) != nil, "\(status.output)")
                #expect(try await readiness(at: ports.operations).body.contains(#""mmsc.north""#))
                #expect(status.output.contains("\n  "), "\(status.output)")

                gateway.send(SIGTERM)
                #expect(try await gateway.exitCode() == 0)
            }
        }
    }

    @Test("what cannot be done is said in a sentence, and ends with 1")
    func failures() async throws {
        try await withFolder { folder in
            // Nobody listens on these: they are the system's own.
            let path = try configure(folder, serverPort: 1, mm7Port: 2, operationsPort: 3)
            let missing = try await run(["status", "--config", path])
            #expect(missing.code == 1)
            #expect(missing.output.hasPrefix("there is no database at \(folder)/data/gateway.sqlite"))

            let gateway = try Program("serve", "--config", try configure(folder))
            _ = try await ports(of: gateway)
            gateway.send(SIGTERM)
            #expect(try await gateway.exitCode() == 0)
            _ = try configure(folder, serverPort: 1, mm7Port: 2, operationsPort: 3)

            let unknown = try await run(["show", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "--config", path])
            #expect(unknown.code == 1)
            #expect(unknown.output.hasPrefix("there is no message, batch or MessageID '01ARZ3NDEKTSV4RRFFQ69G5FAV'"))

            let send = [
                "send", "--config", path, "--to", "15550100001", "--media", "http://127.0.0.1:1/p.jpg", "--plan",
            ]
            let unsent = try await run(send + ["plan1"])
            #expect(unsent.code == 1)
            #expect(unsent.output.hasPrefix("the gateway is not running"), "\(unsent.output)")
            #expect(try await run(send + ["nobody"]).code == 64)

            #expect(chmod(folder + "/data", 0o000) == 0)
            let forbidden = try await run(["status", "--config", path], heedsPermissions: true)
            #expect(chmod(folder + "/data", 0o700) == 0)
            #expect(forbidden.code == 1)
            #expect(forbidden.output.contains("may not be read by this user"), "\(forbidden.output)")
        }
    }
}
