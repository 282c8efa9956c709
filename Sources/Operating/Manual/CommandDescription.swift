import FoundationEssentials

/// A command as the program describes itself (`--experimental-dump-help`): as much of it as manual pages show.
package struct CommandDescription: Decodable, Sendable {
    let commandName: String
    var superCommands: [String]?
    var abstract: String?
    var discussion: String?
    var shouldDisplay = true
    var defaultSubcommand: String?
    var subcommands: [CommandDescription]?
    var arguments: [Argument]?

    /// An option, a flag, or an argument by its place.
    struct Argument: Decodable, Sendable {
        let kind: Kind
        var shouldDisplay: Bool
        var isOptional: Bool
        var isRepeating: Bool
        var names: [Name]?
        var preferredName: Name?
        var valueName: String?
        var defaultValue: String?
        var abstract: String?
        var discussion: String?

        enum Kind: String, Decodable, Sendable {
            case positional, option, flag
        }
    }

    struct Name: Decodable, Sendable {
        let kind: Kind
        let name: String

        enum Kind: String, Decodable, Sendable {
            case long, short, longWithSingleDash
        }

        /// As it is typed.
        var text: String { (kind == .long ? "--" : "-") + name }
    }

    /// The description of the whole program.
    ///
    /// - Throws: `DecodingError` where it is in another form.
    package init(ofProgram text: String) throws {
        struct Program: Decodable { let command: CommandDescription }
        self = try JSONDecoder().decode(Program.self, from: Data(text.utf8)).command
    }

    /// The words by which it is called.
    var words: [String] { (superCommands ?? []) + [commandName] }

    /// The subcommands that are shown, without the one that every program has.
    var shownSubcommands: [CommandDescription] {
        (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
    }

    var shownArguments: [Argument] { (arguments ?? []).filter(\.shouldDisplay) }
}
