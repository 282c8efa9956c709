import Foundation
import TestPeers
import Testing

@Suite("A first configuration, by command", .timeLimit(.minutes(5)))
struct ConfigInitCommandTests: ProgramTesting {
    @Test("what config init writes passes check-config, and a gateway starts by it")
    func starts() async throws {
        try await withFolder { folder in
            let path = folder + "/mm7-gateway.json"
            let make = [
                "config", "init", "--output", path, "--mmsc-url", "http://127.0.0.1:1/mm7", "--vaspid", "vasp",
                "--plan", "shop", "--number", "12025550100", "--data-directory", folder + "/data",
            ]

            let made = try await run(make)
            #expect(made.code == 0, "\(made.output)")
            let token = try String(contentsOfFile: folder + "/shop.token", encoding: .utf8).dropLast()
            #expect(made.output.contains(token))
            let checked = try await run(["check-config", "--config", path])
            #expect(checked.code == 0, "\(checked.output)")
            #expect(!checked.output.contains(token))

            // The system chooses the ports of tests.
            var text = try String(contentsOfFile: path, encoding: .utf8)
            for address in ["0.0.0.0:8080", "0.0.0.0:8007", "127.0.0.1:9090"] {
                #expect(text.contains(address))
                text = text.replacingOccurrences(of: address, with: "127.0.0.1:0")
            }
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            let gateway = try Program("serve", "--config", path)
            _ = try await ports(of: gateway)
            try await stop(gateway)

            let again = try await run(make)
            #expect(again.code == 1)
            #expect(again.output.contains("--force"), "\(again.output)")
        }
    }

    @Test("a wrong answer ends with 78, and one that nobody can give with 64")
    func refused() async throws {
        try await withFolder { folder in
            let wrong = [
                "config", "init", "--output", folder + "/g.json", "--mmsc-url", "nowhere", "--vaspid", "v", "--plan",
                "p",
            ]
            let result = try await run(wrong)
            #expect(result.code == 78)
            #expect(result.output.hasPrefix("mmscs[0].url: must be an http or https URL"), "\(result.output)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
            #expect(try await run(["config", "init", "--output", folder + "/g.json"]).code == 64)
        }
    }
}
