import CustomerServing
import GatewayCore

extension BatchRequest {
    private static let longestValue = 1600
    private static let defaultName = "default"
    private static let mostKeys = 100
    /// The most values for numbers that are not in `to`, over all keys; members of groups may have such values.
    private static let mostStrangers = (withoutGroups: 1000, withGroups: Expansion.limit)
    /// The most UTF-16 units of a text whose placeholders are filled in.
    private static let longestExpansion = (text: 10_000, subject: 1000)

    /// The values by recipient, with keys, numbers and lengths as section "Parameterization" of the API requires. Keys
    /// are checked in order, so that the same request always gets the same answer.
    func checkedParameters(for addressees: Addressees) throws(MalformedRequest) -> Parameters {
        guard parameters.count <= Self.mostKeys else {
            throw .violation(at: "parameters", "must have at most \(Self.mostKeys) keys, and has \(parameters.count)")
        }
        let known = Set(addressees.numbers)
        let limit = addressees.groups.isEmpty ? Self.mostStrangers.withoutGroups : Self.mostStrangers.withGroups
        var strangers = 0
        for (key, values) in parameters.sorted(by: { $0.key < $1.key }) {
            guard Template.isKey(key) else {
                throw .violation(at: "parameters", "a key must be 1 to 16 letters, digits, '_', '-' or '.'")
            }
            strangers += try Self.check(values, of: key, knowing: known)
            guard strangers <= limit else {
                throw .violation(at: "parameters", "has more than \(limit) values for numbers that are not in 'to'")
            }
        }
        return Parameters(parameters)
    }

    /// - Returns: how many of the values are for numbers beyond those known.
    private static func check(
        _ values: [String: String], of key: String, knowing known: Set<MSISDN>
    ) throws(MalformedRequest) -> Int {
        let name = "parameters.\(key.excerpt)"
        var numbers = Set<MSISDN>(minimumCapacity: values.count)
        var strangers = 0
        for (recipient, value) in values {
            try value.checkLength(of: name, limit: longestValue)
            guard recipient != defaultName else { continue }
            guard let number = MSISDN(recipient) else {
                throw .badFormat(
                    at: name, "a recipient must be a number or 'default'\(recipient.hiddenObstacle)")
            }
            guard numbers.insert(number).inserted else {
                throw .violation(at: name, "has two values for one number")
            }
            if !known.contains(number) { strangers += 1 }
        }
        return strangers
    }

    /// One value may fill many placeholders, so the text that results has a limit of its own. A value that goes into a
    /// subject has to be allowed in a subject.
    func checkExpansion(of content: Content, with parameters: Parameters) throws(MalformedRequest) {
        try Self.check(
            content.text, of: type == .media ? "body.message" : "body", limit: Self.longestExpansion.text, parameters)
        guard content.isSubjectTemplate, let subject = content.subject, !Template(subject).isConstant else { return }
        for (key, values) in self.parameters.sorted(by: { $0.key < $1.key }) {
            for value in values.values { try value.checkControls(of: "parameters.\(key.excerpt)") }
        }
        try Self.check(subject, of: "body.subject", limit: Self.longestExpansion.subject, parameters)
    }

    private static func check(
        _ text: String?, of member: String, limit: Int, _ parameters: Parameters
    ) throws(MalformedRequest) {
        guard let text, !parameters.isEmpty, text.utf8.contains(UInt8(ascii: "$")) else { return }
        let count = Template(text).longestExpansion(with: parameters)
        guard count <= limit else {
            throw .violation(at: member, "has up to \(count) characters with its parameters, the limit is \(limit)")
        }
    }
}
