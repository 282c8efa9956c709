import Foundation
import TestPeers
import Testing

@Suite("A message of a handset, by command", .timeLimit(.minutes(5)))
struct DeliverCommandTests: ProgramTesting {
    @Test("mock-mmsc brings it to a running gateway, and find has it")
    func delivered() async throws {
        try await withFolder { folder in
            let more = #"inbounds: {retention: "1d"},"#
            func configured(_ ports: (customers: Int, mm7: Int, operations: Int)) throws -> String {
                let path = try configure(
                    folder, serverPort: ports.customers, mm7Port: ports.mm7, operationsPort: ports.operations,
                    more: more)
                let text = try String(contentsOfFile: path, encoding: .utf8)
                    .replacingOccurrences(of: "mm7: {listen", with: #"mm7: {unknown_recipients: "quarantine", listen"#)
                try text.write(toFile: path, atomically: true, encoding: .utf8)
                return path
            }
            let gateway = try Program("serve", "--config", try configured((0, 0, 0)))
            let ports = try await ports(of: gateway)
            let path = try configured(ports)
            let picture = Repository.root.appending(path: "Sources/Bench/Demo/picture.jpg").path()
            func deliver(to mmsc: String) async throws -> (code: Int32, output: String) {
                try await run([
                    "mock-mmsc", "--deliver", picture, "--text", "Hello", "--from", "15550100001", "--to", "54321",
                    "--callback-url", "http://127.0.0.1:\(ports.mm7)/mm7/\(mmsc)",
                ])
            }

            let taken = try await deliver(to: "north")
            #expect(taken.code == 0)
            #expect(taken.output.hasPrefix("1000"), "\(taken.output)")
            let found = try await run(["find", "--to", "15550100001", "--json", "--config", path])
            #expect(found.code == 0)
            #expect(found.output.contains(#""direction":"in""#), "\(found.output)")

            #expect(try await deliver(to: "nobody").code == 1)
            try await stop(gateway)
        }
    }

    @Test("mock-mmsc proves by HTTP Digest who it is, where the gateway wants that")
    func digest() async throws {
        try await withFolder { folder in
            let path = try configure(folder)
            let callback =
                #"vaspid: "vasp", callback: {username: "mmsc", password: "secret", authentication: "digest"}"#
            let text = try String(contentsOfFile: path, encoding: .utf8)
                .replacingOccurrences(of: #"vaspid: "vasp""#, with: callback)
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            let gateway = try Program("serve", "--config", path)
            let ports = try await ports(of: gateway)
            func deliver(_ options: String...) async throws -> String {
                try await run(
                    [
                        "mock-mmsc", "--text", "Hello", "--from", "15550100001", "--to", "54321", "--callback-url",
                        "http://127.0.0.1:\(ports.mm7)/mm7/north", "--callback-username", "mmsc", "--callback-password",
                        "secret",
                    ] + options
                ).output
            }

            #expect(try await !deliver().hasPrefix("2003"))
            for option in ["--digest", "--callback-digest"] {
                let answer = try await deliver(option)
                // It was read: nobody has the number.
                #expect(answer.hasPrefix("2003"), "\(answer)")
            }
            try await stop(gateway)
        }
    }
}
