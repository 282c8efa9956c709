import CustomerServing
import HTTPTypes

extension ConversationError: APIFault {
    init(_ refusal: CallRefusal) {
        guard case .malformed(let fault) = refusal else {
            self.init(Status(refusal), refusal.text, headers: Self.headers(refusal))
            return
        }
        self.init(InvalidRequest(fault))
    }

    /// Clients of this API read why credentials are refused; that a token expired makes them fetch another, and no other
    /// refusal has that word.
    private static func headers(_ refusal: CallRefusal) -> HTTPFields {
        guard refusal == .unauthorized else { return refusal.headers }
        return [.wwwAuthenticate: #"Bearer error_description="the credentials are missing or not valid here""#]
    }

    init(_ request: InvalidRequest) {
        // There is a first.
        let message = request.faults.first?.text ?? ""
        let others = request.faults.count - 1
        self.init(
            .invalidArgument,
            others > 0 ? "\(message); and \(others) more \(others == 1 ? "fault" : "faults")" : message,
            violations: request.faults.compactMap { fault in
                fault.member.map { FieldViolation(field: $0, description: fault.problem) }
            })
    }

    var status: HTTPResponse.Status { name.http }

    var body: Body {
        Body(
            error: .init(
                code: status.code, message: message, status: name.rawValue,
                details: violations.isEmpty ? [] : [.init(violations: violations)]))
    }

    struct Body: Encodable {
        let error: Content

        struct Content: Encodable {
            let code: Int
            let message: String
            let status: String
            let details: [Detail]
        }

        /// The typed entry of a request that is wrong.
        struct Detail: Encodable {
            let type = "type.googleapis.com/google.rpc.BadRequest"
            let violations: [FieldViolation]

            enum CodingKeys: String, CodingKey {
                case type = "@type"
                case violations = "fieldViolations"
            }
        }
    }
}

extension ConversationError.Status {
    fileprivate init(_ refusal: CallRefusal) {
        self =
            switch refusal {
            case .malformed, .unsupportedMediaType, .bodyTooLarge: .invalidArgument
            case .unauthorized, .tokenExpired: .unauthenticated
            case .noSuchPath: .notFound
            case .methodNotAllowed: .unimplemented
            case .keyReused: .alreadyExists
            case .tooManyRequests, .queueFull: .resourceExhausted
            case .unavailable, .uncertain, .noMemory: .unavailable
            case .internalError: .internal
            }
    }
}
