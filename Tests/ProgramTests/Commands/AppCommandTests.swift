import Foundation
import MockMMSC
import TestPeers
import Testing

@Suite("The operator's commands for an app", .timeLimit(.minutes(5)))
struct AppCommandTests: ProgramTesting {
    private static let project = "7f0e9a4c-0000-4000-8000-000000000001"
    private static let app = "01E3S8B6YCMRNR0GGM94H80ACX"

    /// A project with one app, whose account is the MMSC's.
    private func projects(in folder: String) throws -> String {
        let path = folder + "/channel_credentials.json"
        try """
        {"channel_credentials": [{"channel": "MMS", "mms_credentials": {"account_id": "A1", "api_key": "vasp",
          "default_sender": "12025550100"}}]}
        """.write(toFile: path, atomically: true, encoding: .utf8)
        return """
            channel_credentials: "\(path)",
            projects: [{id: "\(Self.project)", access_keys: [{id: "key1", secret: "secret-of-key1"}],
              apps: [{id: "\(Self.app)", account: "A1"}]}],
            """
    }

    @Test("send, show and status of what an app sends")
    func commands() async throws {
        try await withFolder { folder in
            let customer = TestCustomer()
            let mmsc = MockMMSC(.forTests)
            let more = try projects(in: folder)
            try await customer.serving { customerURL in
                try await mmsc.serving { mmscURL in
                    let gateway = try Program("serve", "--config", try configure(folder, mmscURL: mmscURL, more: more))
                    let ports = try await ports(of: gateway)
                    mmsc.postReports(to: "http://127.0.0.1:\(ports.mm7)/mm7/north")
                    let path = try configure(
                        folder, mmscURL: mmscURL, serverPort: ports.customers, mm7Port: ports.mm7,
                        operationsPort: ports.operations, more: more)

                    let sent = try await run([
                        "send", "--config", path, "--app", Self.app, "--to", "15550100001", "+1 555 010 0002",
                        "--media", "\(customerURL)/picture.jpg", "--text", "Hello", "--subject", "Hi", "--wait",
                    ])
                    #expect(sent.code == 0, "\(sent.output)")
                    let lines = sent.output.split(separator: "\n").map(String.init)
                    #expect(lines.count == 4)
                    #expect(lines.dropFirst(2) == ["\(lines[0]) delivered: Success", "\(lines[1]) delivered: Success"])
                    #expect(mmsc.journal.submissions.compactMap(\.messageID).count == 2)

                    let shown = try await run(["show", lines[0], "--config", path])
                    #expect(shown.code == 0)
                    #expect(shown.output.contains("recipient      15550100001\n"), "\(shown.output)")
                    #expect(shown.output.contains(Self.app))
                    #expect(shown.output.contains("delivered, for good"))

                    let status = try await run(["status", "--config", path])
                    #expect(status.code == 0)
                    #expect(status.output.hasPrefix("The gateway runs and is ready.\n"), "\(status.output)")
                    try await stop(gateway)
                }
            }
        }
    }

    @Test("an app that cannot be sent as is named, and so is why")
    func refused() async throws {
        try await withFolder { folder in
            let path = try configure(folder, more: try projects(in: folder))
            let send = ["send", "--config", path, "--to", "15550100001", "--media", "http://127.0.0.1:1/x.jpg"]

            for (arguments, words) in [
                (["--app", "01E3S8B6YCMRNR0GGM94H80ACY"], "has no app '01E3S8B6YCMRNR0GGM94H80ACY'"),
                (["--app", "p1/\(Self.app)"], "has no project 'p1'"),
                (["--app", Self.app, "--plan", "plan1"], "either --plan or --app"), ([], "either --plan or --app"),
            ] {
                let result = try await run(send + arguments)
                #expect(result.code == 64)
                #expect(result.output.contains(words), "\(result.output)")
            }
        }
    }
}
