import Foundation
import GatewayCore
import MockMMSC
import TestPeers
import Testing

@Suite("Tokens and their hashes", .timeLimit(.minutes(5)))
struct TokenCommandTests: ProgramTesting {
    @Test("token makes one, with its hash if that is asked for")
    func made() async throws {
        let alone = try await run(["token"])
        let lines = try await run(["token", "--hash"]).output.split(separator: "\n").map(String.init)

        #expect(alone.code == 0)
        #expect(alone.output.wholeMatch(of: /[A-Za-z0-9]{43}\n/) != nil, "\(alone.output)")
        try #require(lines.count == 2)
        #expect(lines[1] == SecretHash(of: lines[0]).description)
    }

    @Test("token --hash-of hashes the first line of a file, and says when it is short")
    func hashed() async throws {
        try await withFolder { folder in
            let file = folder + "/token"
            try "a-token-of-a-customer\nno more\n".write(toFile: file, atomically: true, encoding: .utf8)
            let long = try await run(["token", "--hash-of", file])
            #expect(long.output == "\(SecretHash(of: "a-token-of-a-customer"))\n")

            try "short\r\nno more\r\n".write(toFile: file, atomically: true, encoding: .utf8)
            let short = try await run(["token", "--hash-of", file])
            #expect(short.code == 0)
            #expect(short.output.contains("\(SecretHash(of: "short"))\n"))
            #expect(short.output.contains("fewer than 16 characters"))

            #expect(try await run(["token", "--hash-of", folder + "/none"]).code == 64)
        }
    }

    @Test("send takes a token from a file where the configuration has hashes alone")
    func sentWithHash() async throws {
        try await withFolder { folder in
            let path = folder + "/gateway.json"
            try """
            {data_directory: "\(folder)/data", server: {listen: "127.0.0.1:1"},
             service_plans: [{id: "plan1", api_tokens: ["\(SecretHash(of: "a-token-of-a-customer"))"]}],
             mmscs: [{name: "north", url: "http://127.0.0.1:1/mm7"}], routes: [{prefix: "", mmscs: ["north"]}]}
            """.write(toFile: path, atomically: true, encoding: .utf8)
            let send = [
                "send", "--config", path, "--plan", "plan1", "--to", "15550100001", "--media", "http://192.0.2.1/a.jpg",
            ]
            let without = try await run(send)
            #expect(without.code == 64)
            #expect(without.output.contains("--token-file"), "\(without.output)")

            let token = folder + "/token"
            try "another-token-of-theirs\n".write(toFile: token, atomically: true, encoding: .utf8)
            #expect(try await run(send + ["--token-file", token]).output.contains("is no token of the service plan"))

            // The right one is tried with the gateway, which does not run.
            try "a-token-of-a-customer\n".write(toFile: token, atomically: true, encoding: .utf8)
            let right = try await run(send + ["--token-file", token])
            #expect(right.code == 1)
            #expect(right.output.contains("the gateway is not running"), "\(right.output)")
        }
    }
}
