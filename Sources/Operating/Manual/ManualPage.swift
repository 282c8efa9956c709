/// The manual page of one command, in section 1.
package struct ManualPage: Sendable {
    /// The name of the file, such as `mm7-gateway-serve.1`.
    package let file: String
    package let text: String

    /// The pages of a program and of all its commands that are shown.
    package static func all(of program: CommandDescription, version: String) -> [ManualPage] {
        let own = ManualPage(program, of: program, version: version)
        return [own] + program.shownSubcommands.flatMap { pages(of: $0, in: program, version) }
    }

    private static func pages(
        of command: CommandDescription, in program: CommandDescription, _ version: String
    ) -> [ManualPage] {
        [ManualPage(command, of: program, version: version)]
            + command.shownSubcommands.flatMap { pages(of: $0, in: program, version) }
    }

    private init(_ command: CommandDescription, of program: CommandDescription, version: String) {
        let name = command.words.joined(separator: "-")
        var page = Roff()
        page.call(
            "TH", name.uppercased(), "1", "", "\(program.commandName) \(version)", "\(program.commandName) manual")
        page.call("SH", "NAME")
        page.line("\(Roff.escaped(name)) \\- \(Roff.escaped(Self.phrase(command.abstract ?? name)))")
        page.call("SH", "SYNOPSIS")
        page.line(Self.synopsis(of: command))
        if let discussion = command.discussion {
            page.call("SH", "DESCRIPTION")
            page.lines(discussion)
        }
        Self.write(command.shownSubcommands, of: command, to: &page)
        Self.write(command.shownArguments, to: &page)
        page.call("SH", "EXIT STATUS")
        for (code, meaning) in Self.exitCodes {
            page.call("TP", "4")
            page.line(Roff.bold(code))
            page.lines(meaning)
        }
        if command.superCommands == nil {
            page.call("SH", "FILES")
            for (path, meaning) in Self.files {
                page.call("TP")
                page.line(Roff.italic(path))
                page.lines(meaning)
            }
        } else {
            page.call("SH", "SEE ALSO")
            page.line("\(Roff.bold(command.words.dropLast().joined(separator: "-")))(1)")
        }
        file = "\(name).1"
        text = page.text
    }

    private static func write(_ commands: [CommandDescription], of parent: CommandDescription, to page: inout Roff) {
        guard !commands.isEmpty else { return }
        page.call("SH", "COMMANDS")
        for command in commands {
            page.call("TP")
            page.line("\(Roff.bold(command.words.joined(separator: "-")))(1)")
            let isDefault = command.commandName == parent.defaultSubcommand
            page.lines((command.abstract ?? "") + (isDefault ? " It is run where none is named." : ""))
        }
    }

    private static func write(_ arguments: [CommandDescription.Argument], to page: inout Roff) {
        for (title, isPositional) in [("ARGUMENTS", true), ("OPTIONS", false)] {
            let shown = arguments.filter { ($0.kind == .positional) == isPositional }
            if !shown.isEmpty { page.call("SH", title) }
            for argument in shown {
                page.call("TP")
                page.line(argument.usage(by: argument.names ?? []))
                let initial = argument.defaultValue.map { " Default: \($0)." } ?? ""
                page.lines(
                    ([argument.abstract, argument.discussion].compactMap(\.self).joined(separator: " ")) + initial)
            }
        }
    }

    private static func synopsis(of command: CommandDescription) -> String {
        let arguments = command.shownArguments.map { argument in
            let name = argument.preferredName.map { [$0] } ?? []
            let usage = argument.usage(by: name) + (argument.isRepeating ? " ..." : "")
            return argument.isOptional ? "[\(usage)]" : usage
        }
        let subcommand = command.shownSubcommands.isEmpty ? [] : [Roff.italic("command")]
        return ([Roff.bold(command.words.joined(separator: " "))] + subcommand + arguments).joined(separator: " ")
    }

    /// A sentence as the phrase behind a name.
    private static func phrase(_ sentence: String) -> String {
        let bare = sentence.hasSuffix(".") ? sentence.dropLast() : sentence[...]
        return bare.prefix(1).lowercased() + bare.dropFirst()
    }

    private static let exitCodes = [
        ("0", "Done."), ("1", "Failed."), ("64", "It was not called as described here."),
        ("78", "The configuration has faults, which are all printed."),
    ]

    private static let files = [
        ("/etc/mm7-gateway/mm7-gateway.json", "The configuration, where no other is given."),
        (
            "/etc/mm7-gateway/environment",
            "Variables for the configuration, one NAME=value in each line; read by the unit."
        ),
        ("/var/lib/mm7-gateway", "The store and the media, where data_directory names no other folder."),
    ]
}

extension CommandDescription.Argument {
    /// How it is typed, by any of the names.
    fileprivate func usage(by names: [CommandDescription.Name]) -> String {
        let value = Roff.italic(valueName ?? "value")
        if kind == .positional { return value }
        return names.map { name in
            kind == .flag ? Roff.bold(name.text) : "\(Roff.bold(name.text)) \(value)"
        }.joined(separator: ", ")
    }
}
