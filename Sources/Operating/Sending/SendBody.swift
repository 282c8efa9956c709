/// The batch that `send` posts, in the words of the SMS REST API.
struct SendBody: Encodable {
    let type = "mt_media"
    let to: [String]
    let from: String?
    /// `none` or `summary`.
    let deliveryReport: String
    var body: Media

    struct Media: Encodable {
        var url: String
        let message: String?
        let subject: String?
    }

    enum CodingKeys: String, CodingKey {
        case type, to, from
        case deliveryReport = "delivery_report"
        case body
    }
}

/// A delivery report of the SMS REST API as far as `send` reads it.
struct SentReport: Decodable, Sendable, Equatable {
    let statuses: [Entry]

    struct Entry: Decodable, Sendable, Equatable {
        let code: Int
        let status: String
        let count: Int
    }

    /// Whether nothing changes any more.
    var isFinal: Bool { !statuses.isEmpty && statuses.allSatisfy { !["Queued", "Dispatched"].contains($0.status) } }

    var isDelivered: Bool { !statuses.isEmpty && statuses.allSatisfy { $0.status == "Delivered" } }

    /// One line for each status.
    var text: String { statuses.map { "\($0.count) \($0.status) (\($0.code))" }.joined(separator: "\n") }
}
