import ArgumentParser
import Foundation
import TestPeers
import Testing

@testable import mm7_gateway

@Suite("What is made from the commands", .timeLimit(.minutes(5)))
struct ManualCommandTests: ProgramTesting {
    @Test("every command has a manual page with all of its options")
    func pages() async throws {
        try await withFolder { folder in
            #expect(try await run(["manual", folder + "/man"]).code == 0)

            for command in Self.commands(of: MM7Gateway.self, below: "mm7-gateway") {
                let page = try String(contentsOfFile: "\(folder)/man/\(command.name).1", encoding: .utf8)
                let help = command.type.helpMessage(includeHidden: false, columns: 1000)
                let options = help.matches(of: /--[a-z][a-z0-9-]+/).map(\.output)
                for option in options {
                    #expect(page.contains(option.replacing("-", with: "\\-")), "\(command.name) \(option)")
                }
            }
        }
    }

    @Test("shells complete every command", arguments: ["bash", "zsh", "fish"])
    func completions(_ shell: String) async throws {
        let script = try await run(["--generate-completion-script", shell])

        #expect(script.code == 0)
        for command in Self.commands(of: MM7Gateway.self, below: "mm7-gateway").dropFirst() {
            let word = command.type._commandName
            #expect(script.output.contains(word), "\(word)")
        }
    }

    /// The commands that are shown, with the names of their pages.
    private static func commands(
        of command: any ParsableCommand.Type, below name: String
    ) -> [(name: String, type: any ParsableCommand.Type)] {
        [(name, command)]
            + command.configuration.subcommands.filter { $0.configuration.shouldDisplay }
            .flatMap { commands(of: $0, below: "\(name)-\($0._commandName)") }
    }
}
