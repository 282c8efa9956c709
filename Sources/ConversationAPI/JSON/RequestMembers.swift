import CustomerServing
import GatewayCore

/// An object of a request on its way into a value. Null is taken for absent, a member that nobody asks for is passed
/// over, and everything that is wrong is noted with its place.
struct RequestMembers {
    let path: FieldPath
    let json: JSONValue
    let faults: Faults

    /// Nil for what is no object, which is noted.
    init?(_ json: JSONValue, at path: FieldPath, _ faults: Faults) {
        guard case .object = json else {
            faults.note(at: path, "must be an object")
            return nil
        }
        self.path = path
        self.json = json
        self.faults = faults
    }

    /// The value of a member; nil where it is absent or null.
    subscript(name: String) -> JSONValue? {
        let value = json[name]
        return value == .null ? nil : value
    }

    func has(_ name: String) -> Bool { self[name] != nil }

    func place(_ name: String) -> FieldPath { .member(path, name) }

    func fault(at name: String, _ problem: @autoclosure () -> String) { faults.note(at: place(name), problem()) }

    /// A fault of the object as a whole.
    func fault(_ problem: @autoclosure () -> String) { faults.note(at: path, problem()) }

    /// The value of a check that names a member of this object; nil where it fails.
    func checked<Value>(at name: String, _ check: () throws(MalformedRequest) -> Value) -> Value? {
        do throws(MalformedRequest) {
            return try check()
        } catch {
            fault(at: name, error.problem)
            return nil
        }
    }
}

extension RequestMembers {
    /// - Parameter limit: UTF-16 units.
    func text(_ name: String, atMost limit: Int = .max) -> String? {
        self[name].flatMap { text($0, of: name, atMost: limit) }
    }

    /// The text that the value of a member is.
    func text(_ value: JSONValue, of name: String, atMost limit: Int) -> String? {
        guard case .string(let text) = value else {
            fault(at: name, "must be a string")
            return nil
        }
        return checked(at: name) { () throws(MalformedRequest) in
            try text.checkLength(of: name, limit: limit)
            return text
        }
    }

    /// A text that has to be there and must not be empty.
    func requiredText(_ name: String, atMost limit: Int = .max) -> String? {
        guard has(name) else { return missing(name) }
        guard let text = text(name, atMost: limit) else { return nil }
        guard !text.isEmpty else {
            fault(at: name, "must not be empty")
            return nil
        }
        return text
    }

    /// A text that stands in a line of a peer's protocol, without an end of a line or another control.
    func requiredLine(_ name: String, atMost limit: Int) -> String? {
        guard let text = requiredText(name, atMost: limit) else { return nil }
        guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            fault(at: name, "must not contain control characters")
            return nil
        }
        return text
    }

    func flag(_ name: String) -> Bool? {
        switch self[name] {
        case nil: return nil
        case .bool(let truth): return truth
        default:
            fault(at: name, "must be true or false")
            return nil
        }
    }

    /// A number, or a string of its digits, as clients with 64-bit integers write them.
    func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
        let number: Int?
        switch self[name] {
        case nil: return nil
        case .number(let digits), .string(let digits): number = Int(digits)
        default: number = nil
        }
        guard let number else {
            fault(at: name, "must be an integer")
            return nil
        }
        return checked(at: name) { () throws(MalformedRequest) in
            try number.checkRange(of: name, range)
            return number
        }
    }

    /// A time of RFC 3339, with any number of digits behind the second.
    func time(_ name: String) -> Timestamp? {
        guard let text = text(name) else { return nil }
        return checked(at: name) { () throws(MalformedRequest) in try Timestamp(text, member: name) }
    }

    /// One of a few words; the fault lists them.
    func word<Word: RawRepresentable<String> & CaseIterable>(_ name: String) -> Word? {
        self[name].flatMap { word($0, at: place(name)) }
    }

    /// Words in the order given. There are few of them, so a long list repeats itself.
    func words<Word: RawRepresentable<String> & CaseIterable>(_ name: String) -> [Word]? {
        guard let elements = elements(name) else { return nil }
        guard elements.count <= Self.mostWords else {
            fault(at: name, "size must be at most \(Self.mostWords), and is \(elements.count)")
            return nil
        }
        return elements.compactMap { word($0, at: $1) }
    }

    private static var mostWords: Int { 100 }

    func texts(_ name: String) -> [String]? {
        elements(name)?.compactMap { element, path in
            guard case .string(let text) = element else {
                faults.note(at: path, "must be a string")
                return nil
            }
            return text
        }
    }

    func missing<Value>(_ name: String) -> Value? {
        fault(at: name, "must be present")
        return nil
    }

    private func word<Word: RawRepresentable<String> & CaseIterable>(_ value: JSONValue, at path: FieldPath) -> Word? {
        guard case .string(let text) = value, let word = Word(rawValue: text) else {
            faults.note(at: path, "must be one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
            return nil
        }
        return word
    }
}
