package import FoundationEssentials

/// What the readers of one configuration share: the faults found so far, and the world outside the file.
package final class ReadingSession {
    package private(set) var faults: [ConfigurationFaults.Fault] = []
    /// Every key that was asked for, present or not, as `Place.pattern`.
    package private(set) var keysAsked: Set<String> = []
    private let purpose: Purpose
    private var leftOut: Set<Place> = []
    private let environment: (String) -> String?
    private let readFile: (String) throws -> Data
    /// Relative paths are taken from here: the folder of the configuration.
    private let folder: String

    /// What a configuration is read for.
    package enum Purpose {
        /// To run by it, or to check it: all of it has to be there.
        case serving
        /// To look at what a gateway did or how it is, often in a shell without the daemon's variables and by a user who
        /// may not read its secrets: a value that cannot be completed is left out, unless nothing could be found
        /// without it.
        case looking
    }

    /// Where the database is and the gateway listens: without these there is nothing to look at.
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

    package func fault(at place: Place, _ text: String) {
        // What was left out is missed where another value needs it.
        if leftOut.contains(place) { return }
        faults.append(ConfigurationFaults.Fault(path: place.description, text: text))
    }

    package func note(asked place: Place) {
        keysAsked.insert(place.pattern)
    }

    /// Runs code whose faults would only repeat one that was already reported.
    package func silently<Result>(_ body: () -> Result) -> Result {
        let before = faults.count
        defer { faults.removeLast(faults.count - before) }
        return body()
    }

    /// A path as it is from anywhere.
    package func absolute(_ path: String) -> String {
        path.hasPrefix("/") || folder.isEmpty ? path : "\(folder)/\(path)"
    }

    /// The members of a file's one object; nil when there is none, which has been reported.
    package func object(inFile path: String, at place: Place) -> [ConfigurationValue.Member]? {
        guard let text = contents(of: path, at: place) else { return nil }
        let outline = JSON5Outline(of: text)
        for key in outline.repeatedKeys {
            fault(at: place, "line \(key.line): \"\(key.name)\" stands twice in one object; keep one of the two")
        }
        guard let value = try? ConfigurationValue(json5: text) else {
            fault(at: place, outline.misfit.map { "line \($0.line): \($0.text)" } ?? "is not JSON5")
            return nil
        }
        guard case .object(let members) = value else {
            fault(at: place, "must be one object in braces, not \(value.kind)")
            return nil
        }
        return members
    }

    /// Whether a value may be left out at the place, with all that is in a file that the place names.
    package func mayLack(_ place: Place) -> Bool { purpose == .looking && !Self.needed.contains(place.pattern) }

    /// The value with variables and mounted secrets put in; nil when one is missing, which has been reported where it
    /// matters.
    package func resolve(_ value: ConfigurationValue, at place: Place) -> ConfigurationValue? {
        guard mayLack(place) else { return completed(value, at: place) }
        let value = silently { completed(value, at: place) }
        if value == nil { leftOut.insert(place) }
        return value
    }

    private func completed(_ value: ConfigurationValue, at place: Place) -> ConfigurationValue? {
        switch value {
        case .string(let text):
            return substitute(text, at: place).map(ConfigurationValue.string)
        case .object(let members):
            guard members.count == 1, members[0].key == "file", case .string(let name) = members[0].value else {
                return value
            }
            return substitute(name, at: place).flatMap { mounted($0, at: place) }.map(ConfigurationValue.string)
        default:
            return value
        }
    }

    private func substitute(_ text: String, at place: Place) -> String? {
        do {
            return try Substitution.apply(to: text, environment: environment)
        } catch {
            fault(at: place, error.description)
            return nil
        }
    }

    /// The text of a mounted secret without the newline that editors and `echo` leave behind it.
    private func mounted(_ path: String, at place: Place) -> String? {
        guard let contents = contents(of: absolute(path), at: place) else { return nil }
        guard var text = String(validating: contents, as: UTF8.self) else {
            fault(at: place, "the file \(path) is not UTF-8 text")
            return nil
        }
        if text.hasSuffix("\r\n") || text.hasSuffix("\n") { text.removeLast() }
        return text
    }

    private func contents(of path: String, at place: Place) -> Data? {
        do {
            return try readFile(path)
        } catch {
            let reason =
                switch (error as? CocoaError)?.code {
                case .fileReadNoSuchFile: "there is no such file"
                case .fileReadNoPermission: "this user may not read it"
                default: "it is not a readable file"
                }
            let isItself = place.description == path
            fault(at: place, "\(isItself ? "cannot be read" : "cannot read \(path)"): \(reason)")
            return nil
        }
    }
}
