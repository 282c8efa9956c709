import Foundation
import Glibc
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

    @Test("asks on a terminal for what the options leave open, and does not show the password")
    func asks() async throws {
        try await withFolder { folder in
            let dialogue = try Dialogue(["config", "init", "--output", folder + "/g.json"])

            try await dialogue.answer("The URL where your MMSC takes messages:", with: "http://127.0.0.1:1/mm7\n")
            try await dialogue.answer("The VASPID, if you have one:", with: " vasp \n")
            try await dialogue.answer("The user name, if it wants one:", with: "gateway\n")
            try await dialogue.answer("The password of gateway:", with: "open sesame\n")
            try await dialogue.answer("[plan1]:", with: "\n")

            #expect(try await dialogue.exitCode() == 0, "\(dialogue.screen)")
            #expect(dialogue.terminal.echoes)
            #expect(!dialogue.screen.contains("sesame"))
            let credentials = try String(contentsOfFile: folder + "/channel_credentials.json", encoding: .utf8)
            #expect(credentials.contains(#""vasp""#) && credentials.contains(#""open sesame""#))
            #expect(FileManager.default.fileExists(atPath: folder + "/plan1.token"))
            #expect(try await run(["check-config", "--config", folder + "/g.json"]).code == 0)
        }
    }

    @Test("Ctrl-C at the question for the password gives the terminal its echo back, and nothing is written")
    func interrupted() async throws {
        try await withFolder { folder in
            let dialogue = try Dialogue([
                "config", "init", "--output", folder + "/g.json", "--mmsc-url", "http://127.0.0.1:1/mm7",
                "--username", "gateway",
            ])

            try await dialogue.answer("The password of gateway:", with: "\u{3}")

            #expect(try await dialogue.exitCode() == 128 + SIGINT)
            #expect(dialogue.terminal.echoes)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }

    @Test("a user name needs a password from somewhere, and the folder of the store is where the operator says")
    func options() async throws {
        try await withFolder { folder in
            let make = [
                "config", "init", "--output", folder + "/g.json", "--mmsc-url", "http://127.0.0.1:1/mm7", "--plan", "p",
            ]
            let nobody = try await run(make + ["--username", "u"])
            #expect(nobody.code == 64)
            #expect(nobody.output.contains("--username needs --password-file"), "\(nobody.output)")
            #expect(try await run(make + ["--password-file", "/dev/null"]).code == 64)

            #expect(try await run(make + ["--vaspid", "v", "--data-directory", "./store"]).code == 0)
            let text = try String(contentsOfFile: folder + "/g.json", encoding: .utf8)
            #expect(text.contains("data_directory: \"\(FileManager.default.currentDirectoryPath)/store\""), "\(text)")
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
