/// The batch that `send` posts, in the words of the SMS REST API.
package struct SendBody: Encodable {
    let type = "mt_media"
    let to: [String]
    let from: String?
    /// `none` or `summary`.
    let deliveryReport: String
    package var body: Media

    package init(to: [String], from: String?, deliveryReport: String, body: Media) {
        self.to = to
        self.from = from
        self.deliveryReport = deliveryReport
        self.body = body
    }

    package struct Media: Encodable {
        package var url: String
        let message: String?
        let subject: String?

        package init(url: String, message: String?, subject: String?) {
            self.url = url
            self.message = message
            self.subject = subject
        }
    }

    enum CodingKeys: String, CodingKey {
        case type, to, from
        case deliveryReport = "delivery_report"
        case body
    }
}

/// The part of a delivery report of the SMS REST API that `send` reads.
package struct SentReport: Decodable, Sendable, Equatable {
    let statuses: [Entry]

    struct Entry: Decodable, Sendable, Equatable {
        let code: Int
        let status: String
        let count: Int
    }

    /// Whether no status changes any more.
    package var isFinal: Bool {
        !statuses.isEmpty && statuses.allSatisfy { !["Queued", "Dispatched"].contains($0.status) }
    }

    package var isDelivered: Bool { !statuses.isEmpty && statuses.allSatisfy { $0.status == "Delivered" } }

    /// One line for each status.
    package var text: String { statuses.map { "\($0.count) \($0.status) (\($0.code))" }.joined(separator: "\n") }
}
