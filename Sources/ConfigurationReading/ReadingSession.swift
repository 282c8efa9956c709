package import FoundationEssentials

/// What the readers of one configuration share: the faults found so far, and the world outside the file.
package final class ReadingSession {
    package private(set) var faults: [ConfigurationFaults.Fault] = []
    /// Every key that was asked for, present or not, as `ConfigurationPath.pattern`.
    package private(set) var keysAsked: Set<String> = []
    /// The keys that a reload changes at once, in the same form.
    package private(set) var keysChangedAtOnce: Set<String> = []
    /// What is not here and was left out, with why; only where it is read without secrets.
    package private(set) var absences: [ConfigurationFaults.Fault] = []
    let purpose: Purpose
    private var leftOut: Set<ConfigurationPath> = []
    private let environment: (String) -> String?
    let readFile: (String) throws -> Data
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
        /// For checking the file on another machine than the gateway's: variables and files that are not here are
        /// noted in `absences`, and all that is here is checked.
        case checkingElsewhere
    }

    /// The keys that say where the database is and where the gateway listens: no command works without them.
    private static let needed: Set<String> = [
        "data_directory", "operations.listen", "operations.tls.certificate", "server.listen", "server.tls.certificate",
        "store.busy_timeout", "store.password", "store.postgresql", "store.size_limit",
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

    /// Whether a fault was found there.
    func hasFault(at path: ConfigurationPath) -> Bool { faults.contains { $0.path == path.description } }

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
    ///
    /// - Parameter key: the key that names the file; nil for the configuration itself.
    package func object(
        inFile file: String, at path: ConfigurationPath, namedBy key: ConfigurationPath? = nil
    ) -> [ConfigurationValue.Member]? {
        if purpose == .looking, let key, mayLack(key) { return silently { object(inFile: file, at: path) } }
        let absent = key.flatMap { mayLack($0) ? $0 : nil }
        let text: Data
        do throws(Incomplete) {
            // Where the fault stands at the file itself, it is not named again.
            text = try contents(of: file, isItself: absent == nil && path.description == file)
        } catch {
            if let absent { leaveOut(absent, error) } else { fault(at: path, error.reason) }
            return nil
        }
        let outline = JSON5Outline(of: text)
        for key in outline.repeatedKeys {
            fault(at: path, "line \(key.line): \"\(key.name)\" stands twice in one object; keep one of the two")
        }
        if let misfit = outline.misfit {
            // The decoder does not say where, and comes to an end of its own, with the process, at `1e+`.
            fault(at: path, "line \(misfit.line): \(misfit.text)")
            return nil
        }
        guard let value = try? ConfigurationValue(json5: text) else {
            fault(at: path, "is not JSON5")
            return nil
        }
        guard case .object(let members) = value else {
            fault(at: path, "must be one object in braces, not \(value.kind)")
            return nil
        }
        return members
    }

    /// The value with variables and mounted secrets put in; nil when one is missing, which has been reported where it
    /// matters.
    package func resolve(_ value: ConfigurationValue, at path: ConfigurationPath) -> ConfigurationValue? {
        do throws(Incomplete) {
            return try completed(value)
        } catch {
            // Who only looks has no use for a value that is written wrongly either.
            if mayLack(path), error.isAbsence || purpose == .looking {
                leaveOut(path, error)
            } else {
                fault(at: path, error.reason)
            }
            return nil
        }
    }
}

extension ReadingSession {
    /// Why a value cannot be completed. It names variables and files, never their values.
    private struct Incomplete: Error {
        let reason: String
        /// Whether something that it names is not here, and not written wrongly.
        let isAbsence: Bool
    }

    /// Whether the value at the path may be left out, with all of a file that the value names.
    func mayLack(_ path: ConfigurationPath) -> Bool {
        switch purpose {
        case .serving: false
        case .looking: !Self.needed.contains(path.pattern)
        case .checkingElsewhere: true
        }
    }

    private func leaveOut(_ path: ConfigurationPath, _ why: Incomplete) {
        leftOut.insert(path)
        guard purpose == .checkingElsewhere else { return }
        absences.append(ConfigurationFaults.Fault(path: path.description, text: why.reason))
    }

    private func completed(_ value: ConfigurationValue) throws(Incomplete) -> ConfigurationValue {
        switch value {
        case .string(let text):
            return .string(try substitute(text))
        case .object(let members):
            guard members.count == 1, members[0].key == "file", case .string(let name) = members[0].value else {
                return value
            }
            return .string(try mounted(try substitute(name)))
        default:
            return value
        }
    }

    private func substitute(_ text: String) throws(Incomplete) -> String {
        do throws(Substitution.Failure) {
            return try Substitution.apply(to: text, environment: environment)
        } catch {
            throw Incomplete(reason: error.description, isAbsence: error != .malformed)
        }
    }

    /// The text of a mounted secret without the newline that editors and `echo` leave behind it.
    private func mounted(_ file: String) throws(Incomplete) -> String {
        guard var text = String(validating: try contents(of: absolute(file)), as: UTF8.self) else {
            throw Incomplete(reason: "the file \(file) is not UTF-8 text", isAbsence: false)
        }
        if text.hasSuffix("\r\n") || text.hasSuffix("\n") { text.removeLast() }
        return text
    }

    /// What is in a file that a key names; nil where it cannot be read, which has been reported where it matters.
    func octets(ofFile file: String, at path: ConfigurationPath) -> Data? {
        found(at: path) { () throws(Incomplete) in try contents(of: file) }
    }

    /// The names in a folder that a key names; nil as for a file.
    func names(inFolder folder: String, at path: ConfigurationPath) -> [String]? {
        found(at: path) { () throws(Incomplete) in
            do {
                return try FileManager.default.contentsOfDirectory(atPath: folder)
            } catch {
                throw Incomplete(reason: "cannot read \(folder): it is not a readable folder", isAbsence: true)
            }
        }
    }

    private func found<Found>(at path: ConfigurationPath, _ find: () throws(Incomplete) -> Found) -> Found? {
        do throws(Incomplete) {
            return try find()
        } catch {
            if mayLack(path) { leaveOut(path, error) } else { fault(at: path, error.reason) }
            return nil
        }
    }

    private func contents(of file: String, isItself: Bool = false) throws(Incomplete) -> Data {
        do {
            return try readFile(file)
        } catch {
            let reason =
                switch (error as? CocoaError)?.code {
                case .fileReadNoSuchFile: "there is no such file"
                case .fileReadNoPermission: "this user may not read it"
                default: "it is not a readable file"
                }
            throw Incomplete(
                reason: "\(isItself ? "cannot be read" : "cannot read \(file)"): \(reason)", isAbsence: true)
        }
    }
}
