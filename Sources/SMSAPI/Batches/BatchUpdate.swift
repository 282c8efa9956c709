import CustomerServing
import GatewayCore

/// The body of an update: only the members that are present change anything. Null takes a member back to its default.
struct BatchUpdate: Decodable {
    private let type: BatchRequest.Kind?
    private let members: BatchRequest.Members
    let toAdd: [String]
    let toRemove: [String]

    private static let countRange = 1...100

    init(from decoder: any Decoder) throws {
        members = try decoder.container(keyedBy: BatchRequest.CodingKeys.self)
        type = try members.decodeWord(forKey: .type)
        toAdd = try Self.entries(.toAdd, of: members)
        toRemove = try Self.entries(.toRemove, of: members)
    }

    /// The batch as it is to be.
    ///
    /// - Throws: `violation` for another type, `badFormat` for an entry that is neither number nor id; `DecodingError`
    ///   for members of the wrong type.
    func applied(to batch: Batch) throws -> BatchRequest {
        var request = try BatchRequest(batch)
        guard type == nil || type == request.type else {
            throw MalformedRequest.violation(
                at: "type", "is \(request.type.rawValue) and cannot be changed by an update")
        }
        request.to = try recipients(of: batch)
        try set(.from, in: &request.from)
        if members.contains(.deliveryReport) {
            request.deliveryReport = try members.decodeWord(forKey: .deliveryReport) ?? .none
        }
        // An end that was worked out is worked out again from the new beginning.
        if members.contains(.sendAt), batch.hasDefaultEnd { request.expireAt = nil }
        try set(.sendAt, in: &request.sendAt)
        try set(.expireAt, in: &request.expireAt)
        try set(.callbackURL, in: &request.callbackURL)
        try set(.clientReference, in: &request.clientReference)
        try set(.isFeedbackEnabled, in: &request.echo.isFeedbackEnabled)
        if members.contains(.parameters) { request.parameters = try members.decodeParameters() ?? [:] }
        switch request.type {
        case .media:
            try set(.strictValidation, in: &request.echo.strictValidation)
            if let body = try members.decodeIfPresent(MediaBody.self, forKey: .body) { request.body = body }
        case .text, .binary:
            if let text = try members.decodeIfPresent(String.self, forKey: .body) { request.text = text }
            var options = request.echo.textOptions ?? TextOptions()
            try setTextOptions(in: &options)
            request.echo.textOptions = options
        }
        return request
    }

    /// What is added comes first, then what is removed goes: a number in both is out.
    private func recipients(of batch: Batch) throws(MalformedRequest) -> [String] {
        let added = try toAdd.isEmpty ? [] : Addressees(toAdd, member: "to_add").echo
        let removed = try toRemove.isEmpty ? [] : Set(Addressees(toRemove, member: "to_remove").echo)
        return (batch.order.recipients + added).filter { !removed.contains($0) }
    }

    private func set<Value: Decodable>(_ key: BatchRequest.CodingKeys, in member: inout Value?) throws {
        if members.contains(key) { member = try members.decodeIfPresent(Value.self, forKey: key) }
    }

    private func setTextOptions(in options: inout TextOptions) throws {
        try set(.isFlash, in: &options.isFlash)
        try set(.maxParts, in: &options.maxParts)
        try set(.truncatesConcat, in: &options.truncatesConcat)
        try set(.fromTON, in: &options.fromTON)
        try set(.fromNPI, in: &options.fromNPI)
    }

    private static func entries(
        _ key: BatchRequest.CodingKeys, of members: BatchRequest.Members
    ) throws -> [String] {
        guard let entries = try members.decodeIfPresent([String].self, forKey: key) else { return [] }
        guard countRange.contains(entries.count) else {
            let range = "between \(countRange.lowerBound) and \(countRange.upperBound)"
            throw MalformedRequest.violation(at: key.stringValue, "size must be \(range), and is \(entries.count)")
        }
        return entries
    }
}
