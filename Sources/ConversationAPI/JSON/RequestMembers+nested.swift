import CustomerServing

extension RequestMembers {
    /// The object that a member is.
    func object(_ name: String) -> RequestMembers? {
        self[name].flatMap { RequestMembers($0, at: place(name), faults) }
    }

    func requiredObject(_ name: String) -> RequestMembers? {
        has(name) ? object(name) : missing(name)
    }

    /// The elements of a member that is an array, each with its place.
    func elements(_ name: String) -> [(JSONValue, FieldPath)]? {
        switch self[name] {
        case nil: return nil
        case .array(let elements):
            let path = place(name)
            return elements.enumerated().map { ($1, .element(path, $0)) }
        default:
            fault(at: name, "must be an array")
            return nil
        }
    }

    /// The objects that a member has, as values of one type.
    ///
    /// - Parameter count: how many there may be; an absent member has none.
    func values<Value: RequestBody>(_ name: String, count: ClosedRange<Int>) -> [Value]? {
        guard let elements = elements(name) else {
            return has(name) || count.contains(0) ? [] : missing(name)
        }
        guard count.contains(elements.count) else {
            let (least, most) = (count.lowerBound, count.upperBound)
            fault(
                at: name,
                least == 0
                    ? "size must be at most \(most), and is \(elements.count)"
                    : "size must be between \(least) and \(most), and is \(elements.count)")
            return nil
        }
        return elements.compactMap { element, path in
            RequestMembers(element, at: path, faults).flatMap { Value($0) }
        }
    }

    /// The value that a member is, if it is there.
    func value<Value: RequestBody>(_ name: String) -> Value? { object(name).flatMap { Value($0) } }

    func requiredValue<Value: RequestBody>(_ name: String) -> Value? { requiredObject(name).flatMap { Value($0) } }

    /// An object with strings as values, in its order.
    func map(_ name: String, longestValue limit: Int = .max) -> [(name: String, value: String)] {
        guard let object = object(name) else { return [] }
        return object.json.members.compactMap { member in
            guard member.value != .null else { return nil }
            return object.text(member.value, of: member.name, atMost: limit).map { (member.name, $0) }
        }
    }

    /// JSON of the customer's own, as an object.
    ///
    /// - Parameter limit: UTF-16 units of its text without blanks.
    func metadataObject(_ name: String, atMost limit: Int) -> JSONValue? {
        guard let object = object(name) else { return nil }
        return checked(at: name) { () throws(MalformedRequest) in
            if object.json.mostUnits > limit { try object.json.text.checkLength(of: name, limit: limit) }
            return object.json
        }
    }
}

/// What the messages of the API have in them.
extension RequestMembers {
    /// A text that the recipient sees: XML, which carries it, cannot say control characters.
    func shown(_ name: String, atMost limit: Int = .max) -> String? {
        speakable(text(name, atMost: limit), name)
    }

    func requiredShown(_ name: String, atMost limit: Int = .max) -> String? {
        speakable(requiredText(name, atMost: limit), name)
    }

    /// An `http` or `https` URL that has to be there.
    func requiredURL(_ name: String) -> String? {
        requiredText(name).flatMap { address($0, name) }
    }

    /// An `http` or `https` URL; empty where there is none.
    func url(_ name: String) -> String? {
        text(name).nonEmpty.flatMap { address($0, name) }
    }

    private func address(_ text: String, _ name: String) -> String? {
        if faults.allowsPlaceholders, text.contains("${") { return text }
        return checked(at: name) { () throws(MalformedRequest) in try WebAddress(text, member: name).text }
    }

    private func speakable(_ text: String?, _ name: String) -> String? {
        guard let text else { return nil }
        return checked(at: name) { () throws(MalformedRequest) in
            try text.checkControls(of: name)
            return text
        }
    }
}
