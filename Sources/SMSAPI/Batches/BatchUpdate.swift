import CustomerServing
import GatewayCore

/// The body of an update: only the members that are present change anything. Null takes a member back to its default.
///
/// All members are read at once; faults are reported when the batch is known, as they depend on it.
struct BatchUpdate: Decodable {
    private typealias Reading<Value> = Result<Change<Value>, MalformedRequest>
    fileprivate typealias EchoChange = (inout SMSEcho) throws(MalformedRequest) -> Void

    private let type: BatchRequest.Kind?
    let toAdd: [String]
    let toRemove: [String]
    private let from: Reading<String>
    private let deliveryReport: Reading<DeliveryReportWord>
    private let sendAt: Reading<String>
    private let expireAt: Reading<String>
    private let callbackURL: Reading<String>
    private let clientReference: Reading<String>
    /// What it makes of members that are echoed.
    private let echoChanges: [EchoChange]
    private let parameters: Reading<[String: [String: String]]>
    // For media batches only.
    private let strictValidation: Reading<Bool>
    private let mediaBody: Reading<MediaBody>
    // For text batches only.
    private let text: Reading<String>
    private let textOptions: TextOptionsUpdate

    private static let countRange = 1...100

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: BatchRequest.CodingKeys.self)
        type = try members.decodeWord(forKey: .type)
        toAdd = try Self.entries(.toAdd, of: members)
        toRemove = try Self.entries(.toRemove, of: members)
        from = members.reading(.from)
        deliveryReport = members.reading(.deliveryReport) { members, key in try members.decodeWord(forKey: key) }
        sendAt = members.reading(.sendAt)
        expireAt = members.reading(.expireAt)
        callbackURL = members.reading(.callbackURL)
        clientReference = members.reading(.clientReference)
        echoChanges = [members.echoChange(.isFeedbackEnabled, of: \.isFeedbackEnabled)]
        parameters = members.reading(.parameters) { members, _ in try members.decodeParameters() }
        strictValidation = members.reading(.strictValidation)
        mediaBody = members.reading(.body)
        text = members.reading(.body)
        textOptions = TextOptionsUpdate(members)
    }

    /// The batch as it is to be.
    ///
    /// - Throws: `violation` for another type, `badFormat` for an entry that is neither number nor id, `invalidJSON`
    ///   for a member of the wrong type; and for an echo that is another API's.
    func applied(to batch: Batch) throws -> BatchRequest {
        var request = try BatchRequest(batch)
        guard type == nil || type == request.type else {
            throw MalformedRequest.violation(
                at: "type", "is \(request.type.rawValue) and cannot be changed by an update")
        }
        request.to = try recipients(of: batch)
        try from.get().apply(to: &request.from)
        request.deliveryReport = try deliveryReport.get().value(instead: request.deliveryReport, byDefault: .none)
        // A default end is computed again from the new beginning.
        if try sendAt.get() != .kept, batch.hasDefaultEnd { request.expireAt = nil }
        try sendAt.get().apply(to: &request.sendAt)
        try expireAt.get().apply(to: &request.expireAt)
        try callbackURL.get().apply(to: &request.callbackURL)
        try clientReference.get().apply(to: &request.clientReference)
        for change in echoChanges { try change(&request.echo) }
        request.parameters = try parameters.get().value(instead: request.parameters, byDefault: [:])
        switch request.type {
        case .media:
            try strictValidation.get().apply(to: &request.echo.strictValidation)
            if case .set(let body) = try mediaBody.get() { request.body = body }
        case .text, .binary:
            if case .set(let text) = try text.get() { request.text = text }
            request.echo.textOptions = try textOptions.applied(to: request.echo.textOptions ?? TextOptions())
        }
        return request
    }

    /// Recipients are first added, then removed: a number in both is out.
    private func recipients(of batch: Batch) throws(MalformedRequest) -> [String] {
        let added = try toAdd.isEmpty ? [] : Addressees(toAdd, member: "to_add").echo
        let removed = try toRemove.isEmpty ? [] : Set(Addressees(toRemove, member: "to_remove").echo)
        return (batch.order.recipients + added).filter { !removed.contains($0) }
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

/// What an update says of the members that mean something to SMS only.
private struct TextOptionsUpdate {
    private let isFlash: Result<Change<Bool>, MalformedRequest>
    private let maxParts: Result<Change<Int>, MalformedRequest>
    private let truncatesConcat: Result<Change<Bool>, MalformedRequest>
    private let fromTON: Result<Change<Int>, MalformedRequest>
    private let fromNPI: Result<Change<Int>, MalformedRequest>

    init(_ members: BatchRequest.Members) {
        isFlash = members.reading(.isFlash)
        maxParts = members.reading(.maxParts)
        truncatesConcat = members.reading(.truncatesConcat)
        fromTON = members.reading(.fromTON)
        fromNPI = members.reading(.fromNPI)
    }

    func applied(to options: TextOptions) throws(MalformedRequest) -> TextOptions {
        var options = options
        try isFlash.get().apply(to: &options.isFlash)
        try maxParts.get().apply(to: &options.maxParts)
        try truncatesConcat.get().apply(to: &options.truncatesConcat)
        try fromTON.get().apply(to: &options.fromTON)
        try fromNPI.get().apply(to: &options.fromNPI)
        return options
    }
}

extension BatchRequest.Members {
    fileprivate func reading<Value>(
        _ key: Key, _ read: (Self, Key) throws -> Value?
    ) -> Result<Change<Value>, MalformedRequest> {
        Result { () throws(MalformedRequest) in try change(key, read) }
    }

    fileprivate func reading<Value: Decodable>(_ key: Key) -> Result<Change<Value>, MalformedRequest> {
        Result { () throws(MalformedRequest) in try change(key) }
    }

    fileprivate func echoChange<Value: Decodable>(
        _ key: Key, of member: WritableKeyPath<SMSEcho, Value?>
    ) -> BatchUpdate.EchoChange {
        let reading: Result<Change<Value>, MalformedRequest> = reading(key)
        return { (echo) throws(MalformedRequest) in try reading.get().apply(to: &echo[keyPath: member]) }
    }
}
