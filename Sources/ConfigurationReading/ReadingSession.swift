package import FoundationEssentials

/// What the readers of one configuration share: the faults found so far, and the world outside the file.
package final class ReadingSession {
    package private(set) var faults: [ConfigurationFaults.Fault] = []
    /// Every key that was asked for, present or not, as `ConfigurationPath.pattern`.
    package private(set) var keysAsked: Set<String> = []
    /// The keys that a reload changes at once, in the same form.
    package private(set) var keysChangedAtOnce: Set<String> = []
    private let purpose: Purpose
    private var leftOut: Set<ConfigurationPath> = []
    private let environment: (String) -> String?
    private let readFile: (String) throws -> Data
    /// Relative paths are taken from here: the folder of the configuration.
    private let folder: String

    /// What a configuration is read for.
    package enum Purpose {
        /// For running a gateway or checking the file: every value has to be there.
        case serving
        /// For looking at what a gateway did or how it is, often in a shell without the daemon's variables and by a
        /// user who may not read its secrets: a value that cannot be completed is left out, unless the command needs
        /// it.
        case looking
    }

    /// The keys that say where the database is and where the gateway listens: no command works without them.
    private static let needed: Set<String> = [
        "data_directory", "operations.listen", "server.listen", "store.busy_timeout", "store.size_limit",
    ]

    package init(
        for purpose: Purpose, folder: String, environment: @escaping (String) -> String?,
        readFile: @escaping (String) throws -> Data
    ) {
        self.purpose = purpose
        self.folder = folder
        self.environment = environment
        self.readFile = readFile
    }

    package func fault(at path: ConfigurationPath, _ text: String) {
        // A value that was left out is missing where another needs it; that is no fault.
        if leftOut.contains(path) { return }
        faults.append(ConfigurationFaults.Fault(path: path.description, text: text))
    }

    package func note(asked path: ConfigurationPath) {
        keysAsked.insert(path.pattern)
    }

    package func note(changedAtOnce path: ConfigurationPath) {
        keysChangedAtOnce.insert(path.pattern)
    }

    /// Runs code whose faults would only repeat one that was already reported.
    package func silently<Result>(_ body: () -> Result) -> Result {
        let before = faults.count
        defer { faults.removeLast(faults.count - before) }
        return body()
    }

    /// The absolute path.
    package func absolute(_ path: String) -> String {
        path.hasPrefix("/") || folder.isEmpty ? path : "\(folder)/\(path)"
    }

    /// The members of a file's one object; nil when there is none, which has been reported.
    package func object(inFile file: String, at path: ConfigurationPath) -> [ConfigurationValue.Member]? {
        guard let text = contents(of: file, at: path) else { return nil }
        let outline = JSON5Outline(of: text)
        for key in outline.repeatedKeys {
            fault(at: path, "line \(key.line): \"\(key.name)\" stands twice in one object; keep one of the two")
        }
        guard let value = try? ConfigurationValue(json5: text) else {
            fault(at: path, outline.misfit.map { "line \($0.line): \($0.text)" } ?? "is not JSON5")
            return nil
        }
        guard case .object(let members) = value else {
            fault(at: path, "must be one object in braces, not \(value.kind)")
            return nil
        }
        return members
    }

    /// Whether the value at the path may be left out, with all of a file that the value names.
    package func mayLack(_ path: ConfigurationPath) -> Bool {
        purpose == .looking && !Self.needed.contains(path.pattern)
    }

    /// The value with variables and mounted secrets put in; nil when one is missing, which has been reported where it
    /// matters.
    package func resolve(_ value: ConfigurationValue, at path: ConfigurationPath) -> ConfigurationValue? {
        guard mayLack(path) else { return completed(value, at: path) }
        let value = silently { completed(value, at: path) }
        if value == nil { leftOut.insert(path) }
        return value
    }

    private func completed(_ value: ConfigurationValue, at path: ConfigurationPath) -> ConfigurationValue? {
        switch value {
        case .string(let text):
            return substitute(text, at: path).map(ConfigurationValue.string)
        case .object(let members):
            guard members.count == 1, members[0].key == "file", case .string(let name) = members[0].value else {
                return value
            }
            return substitute(name, at: path).flatMap { mounted($0, at: path) }.map(ConfigurationValue.string)
        default:
            return value
        }
    }

    private func substitute(_ text: String, at path: ConfigurationPath) -> String? {
        do {
            return try Substitution.apply(to: text, environment: environment)
        } catch {
            fault(at: path, error.description)
            return nil
        }
    }

    /// The text of a mounted secret without the newline that editors and `echo` leave behind it.
    private func mounted(_ file: String, at path: ConfigurationPath) -> String? {
        guard let contents = contents(of: absolute(file), at: path) else { return nil }
        guard var text = String(validating: contents, as: UTF8.self) else {
            fault(at: path, "the file \(file) is not UTF-8 text")
            return nil
        }
        if text.hasSuffix("\r\n") || text.hasSuffix("\n") { text.removeLast() }
        return text
    }

    private func contents(of file: String, at path: ConfigurationPath) -> Data? {
        do {
            return try readFile(file)
        } catch {
            let reason =
                switch (error as? CocoaError)?.code {
                case .fileReadNoSuchFile: "there is no such file"
                case .fileReadNoPermission: "this user may not read it"
                default: "it is not a readable file"
                }
            let isItself = path.description == file
            fault(at: path, "\(isItself ? "cannot be read" : "cannot read \(file)"): \(reason)")
            return nil
        }
    }
}
