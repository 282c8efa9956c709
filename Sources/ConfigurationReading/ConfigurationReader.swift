package import FoundationEssentials

/// Reads one object of the configuration key by key, and goes on after every fault.
///
/// The code that reads a section is the only list of its keys: a key that no code reads is unknown, and a key that was
/// read is in `effective`. A faulty value leaves the default in place; if there are faults, nothing of the
/// configuration is used.
package final class ConfigurationReader {
    package let path: ConfigurationPath
    /// The values in force, in the order of reading, secrets masked.
    package private(set) var effective: [ConfigurationValue.Member] = []
    private let members: [String: ConfigurationValue]
    let session: ReadingSession
    private var asked: Set<String> = []
    private var skipsUnknown = false

    package init(_ members: [ConfigurationValue.Member], at path: ConfigurationPath, in session: ReadingSession) {
        self.path = path
        self.session = session
        self.members = Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// When a value that was changed in the file counts for a gateway that runs.
    package enum Reload {
        case atNextStart
        case atOnce
    }

    // Values

    /// Replaces the value if the key is there.
    package func read<Value>(
        _ key: String, _ format: ValueFormat<Value>, into value: inout Value, reload: Reload = .atNextStart
    ) {
        if reload == .atOnce { changesAtOnce(key) }
        if let given = take(key), let parsed = parse(given, format, at: path.member(key)) { value = parsed }
        show(key, format.show(value))
    }

    /// Replaces the value if the key is there; without a value the key is not in force.
    package func read<Value>(
        _ key: String, _ format: ValueFormat<Value>, into value: inout Value?, reload: Reload = .atNextStart
    ) {
        if reload == .atOnce { changesAtOnce(key) }
        if let given = take(key), let parsed = parse(given, format, at: path.member(key)) { value = parsed }
        if let value { show(key, format.show(value)) }
    }

    /// The value of a key that has no default; nil when it is missing or faulty, which has been reported.
    package func required<Value>(_ key: String, _ format: ValueFormat<Value>) -> Value? {
        guard let given = take(key) else {
            fault(key, "is missing; give \(format.expectation)")
            return nil
        }
        guard let value = parse(given, format, at: path.member(key)) else { return nil }
        show(key, format.show(value))
        return value
    }

    /// A list of values, empty when the key is absent.
    ///
    /// - Parameter check: called with every value and where it stands.
    package func list<Value>(
        _ key: String, of format: ValueFormat<Value>, atLeast least: Int = 0,
        check: (Value, ConfigurationPath) -> Void = { _, _ in }
    ) -> [Value] {
        let values = elements(key, atLeast: least).compactMap { element -> Value? in
            guard let value = parse(element.value, format, at: element.path) else { return nil }
            check(value, element.path)
            return value
        }
        show(key, .array(values.map(format.show)))
        return values
    }

    // Objects

    /// The object of a key; an absent one is read as if it were empty, so that its defaults hold and missing keys are
    /// reported.
    package func object<Result>(_ key: String, _ read: (ConfigurationReader) -> Result) -> Result {
        let members = take(key).map { self.members(of: $0, at: path.member(key)) } ?? []
        guard let members else {
            return session.silently { read(ConfigurationReader([], at: path.member(key), in: session)) }
        }
        return descend(members, at: path.member(key), read) { show(key, .object($0)) }
    }

    /// The object of a key; nil when it is absent.
    package func optionalObject<Result>(_ key: String, _ read: (ConfigurationReader) -> Result) -> Result? {
        guard let given = take(key), let members = members(of: given, at: path.member(key)) else { return nil }
        return descend(members, at: path.member(key), read) { show(key, .object($0)) }
    }

    /// A list of objects, empty when the key is absent.
    ///
    /// - Parameter orOne: accepts a single object as a list of one.
    package func objects<Result>(
        _ key: String, atLeast least: Int = 0, orOne: Bool = false, _ read: (ConfigurationReader) -> Result
    ) -> [Result] {
        var shown: [ConfigurationValue] = []
        let results = elements(key, atLeast: least, orOne: orOne).compactMap { element -> Result? in
            guard let members = members(of: element.value, at: element.path) else { return nil }
            return descend(members, at: element.path, read) { shown.append(.object($0)) }
        }
        show(key, .array(shown))
        return results
    }

    // Files

    /// The absolute path of a file that a value names.
    package func absolute(_ path: String) -> String { session.absolute(path) }

    /// Returns the bytes of a file.
    package var readFile: (String) throws -> Data { session.readFile }

    /// Whether the value of a key may be left out, with all of the file that it names.
    package func mayLack(_ key: String) -> Bool { session.mayLack(path.member(key)) }

    // Faults

    package func fault(_ key: String, _ text: String) {
        session.fault(at: path.member(key), text)
    }

    package func fault(at path: ConfigurationPath, _ text: String) {
        session.fault(at: path, text)
    }

    /// Whether the file has the key, with a value or a fault.
    package func isGiven(_ key: String) -> Bool { members[key] != nil }

    /// Whether a fault of the key was reported, so that its default stands in for a value that nobody knows.
    package func isFaulty(_ key: String) -> Bool { session.hasFault(at: path.member(key)) }

    /// Reports a value that another key has already.
    package func claim<Value: Hashable>(
        _ value: Value, at path: ConfigurationPath, in taken: inout [Value: ConfigurationPath], _ advice: String
    ) {
        if let first = taken[value] {
            fault(at: path, "is the same as \(first); \(advice)")
        } else {
            taken[value] = path
        }
    }

    /// Marks keys as allowed, although they mean nothing here.
    package func ignore(_ keys: String...) {
        for key in keys { _ = take(key) }
    }

    /// Marks keys that a reload changes at once, each with all that is in it.
    package func changesAtOnce(_ keys: String...) {
        for key in keys { session.note(changedAtOnce: path.member(key)) }
    }

    /// Marks all other keys of the object as allowed: others read them.
    package func ignoreTheRest() {
        skipsUnknown = true
    }

    /// Reports the keys that nobody asked for; called once when the object has been read.
    package func finish() {
        guard !skipsUnknown else { return }
        for key in members.keys.sorted() where !asked.contains(key) {
            fault(key, "is not a known key" + Suggestion.question(for: key, among: asked.subtracting(members.keys)))
        }
    }

    /// Records a value in force; others call it for values from elsewhere.
    package func show(_ key: String, _ value: ConfigurationValue) {
        effective.append(ConfigurationValue.Member(key: key, value: value))
    }
}

extension ConfigurationReader {
    func take(_ key: String) -> ConfigurationValue? {
        asked.insert(key)
        session.note(asked: path.member(key))
        return members[key]
    }

    func parse<Value>(_ given: ConfigurationValue, _ format: ValueFormat<Value>, at path: ConfigurationPath)
        -> Value?
    {
        guard let value = session.resolve(given, at: path) else { return nil }
        if let parsed = format.parse(value) { return parsed }
        // A string is not repeated: it may be, or hold, a secret.
        let instead = if case .string = value { "" } else { ", not \(value.kind)" }
        session.fault(at: path, "must be \(format.expectation)\(instead)")
        return nil
    }

    private func members(of value: ConfigurationValue, at path: ConfigurationPath) -> [ConfigurationValue.Member]? {
        if case .object(let members) = value { return members }
        session.fault(at: path, "must be an object in braces, not \(value.kind)")
        return nil
    }

    private func elements(
        _ key: String, atLeast least: Int, orOne: Bool = false
    ) -> [(value: ConfigurationValue, path: ConfigurationPath)] {
        let elements: [ConfigurationValue]
        switch take(key) {
        case nil where least == 0: return []
        case nil:
            fault(key, "is missing; give a list of at least \(least)")
            return []
        case .array(let given): elements = given
        case .object(let members) where orOne: elements = [.object(members)]
        case .some(let other):
            fault(key, "must be a list in brackets, not \(other.kind)")
            return []
        }
        if elements.count < least { fault(key, "must have at least \(least) \(least == 1 ? "entry" : "entries")") }
        return elements.enumerated().map { ($0.element, path.member(key).element($0.offset)) }
    }

    private func descend<Result>(
        _ members: [ConfigurationValue.Member], at path: ConfigurationPath, _ read: (ConfigurationReader) -> Result,
        show: ([ConfigurationValue.Member]) -> Void
    ) -> Result {
        let reader = ConfigurationReader(members, at: path, in: session)
        let result = read(reader)
        reader.finish()
        show(reader.effective)
        return result
    }
}
