import CustomerServing
import GatewayCore

/// A message with `${name}` in its texts, which becomes another for each recipient.
struct MessageTemplate: Equatable, Sendable {
    /// As it was given.
    let source: JSONValue

    /// UTF-16 units of all texts of one recipient's message.
    fileprivate static let mostUnits = AppMessage.mostUnits

    /// The message itself where nothing is to be put in.
    private let constant: AppMessage?

    /// The message of a batch, which is checked as far as it can be without values: whatever has none is right already.
    init?(_ name: String, of members: RequestMembers) {
        guard let object = members.requiredObject(name) else { return nil }
        let faults = Faults(allowsPlaceholders: true)
        let message = RequestMembers(object.json, at: object.path, faults).flatMap { AppMessage($0) }
        faults.all.forEach(members.faults.note)
        guard let message else { return nil }
        source = message.source
        constant = message.source.hasPlaceholders ? nil : message
    }

    /// The message with a recipient's values in it: once, as data, which is not looked at for placeholders again.
    ///
    /// - Throws: for a value that is missing, and for what is wrong with the message that comes of it.
    func message(with parameters: [String: String]) throws(DeliveryReason) -> AppMessage {
        if let constant { return constant }
        let values = Parameters(parameters.mapValues { ["default": $0] })
        var room = Self.mostUnits
        let json = try source.filled(with: values, room: &room)
        do throws(InvalidRequest) {
            return try AppMessage(json, at: .member(.body, "message"))
        } catch {
            throw DeliveryReason(.badRequest, error.faults.first?.text ?? "The message cannot be read")
        }
    }
}

extension JSONValue {
    fileprivate var hasPlaceholders: Bool {
        switch self {
        case .null, .bool, .number: false
        case .string(let text): !Template(text).isConstant
        case .array(let elements): elements.contains { $0.hasPlaceholders }
        case .object(let members): members.contains { $0.value.hasPlaceholders }
        }
    }

    /// The same with values in every string; the names of members stay.
    ///
    /// - Parameter room: units that all texts may still have.
    fileprivate func filled(with parameters: Parameters, room: inout Int) throws(DeliveryReason) -> JSONValue {
        switch self {
        case .null, .bool, .number: return self
        case .string(let text):
            let template = Template(text)
            room -= template.longestExpansion(with: parameters)
            guard room >= 0 else {
                throw DeliveryReason(
                    .badRequest,
                    "The message has more than \(MessageTemplate.mostUnits) characters with the values in it")
            }
            guard let filled = template.expanded(for: .nobody, with: parameters) else {
                let missing = template.keys.first { parameters.value(of: $0, for: .nobody) == nil } ?? ""
                throw DeliveryReason(.badRequest, "No value for the parameter \(missing)")
            }
            return .string(filled)
        case .array(let elements):
            var filled: [JSONValue] = []
            for element in elements { filled.append(try element.filled(with: parameters, room: &room)) }
            return .array(filled)
        case .object(let members):
            var filled: [Member] = []
            for member in members {
                filled.append(Member(member.name, try member.value.filled(with: parameters, room: &room)))
            }
            return .object(filled)
        }
    }
}

extension MSISDN {
    /// Whose values are everybody's.
    fileprivate static let nobody = MSISDN(storedDigits: "")
}
