@testable import MM7

/// What a reader makes of any bytes: a message or a typed error, nothing else.
enum Outcome {
    case read(ReceivedMessage)
    case refused(MM7Error)

    init(_ bytes: [UInt8], _ contentType: String?, limits: ReadingLimits = .init()) {
        do throws(MM7Error) {
            self = .read(try MessageReader(limits: limits).read(bytes, contentType: contentType))
        } catch {
            self = .refused(error)
        }
    }

    var code: MM7Error.Code? {
        if case .refused(let error) = self { return error.code }
        return nil
    }

    var message: ReceivedMessage? {
        if case .read(let message) = self { return message }
        return nil
    }

    var transactionID: String? {
        switch self {
        case .read(let message): message.envelope.transactionID
        case .refused(let error): error.head.transactionID
        }
    }

    /// All that is said for people, which names no value.
    var words: String {
        switch self {
        case .read(let message): message.notes.joined(separator: "\n")
        case .refused(let error): error.description
        }
    }
}
