import CustomerServing
import GatewayCore

/// An inbound message as the API prints it: `mo_media` always, as everything that comes in is an MMS.
struct InboundBody: Encodable {
    let type = "mo_media"
    let id: String
    let from: String
    let to: String
    let receivedAt: Timestamp
    let sentAt: Timestamp?
    let clientReference: String?
    let body: Content

    struct Content: Encodable {
        let subject: String?
        let message: String?
        let media: [Item]
    }

    struct Item: Encodable {
        let url: String?
        let contentType: String
        let status: String
        let code: Int

        enum CodingKeys: String, CodingKey {
            case url
            case contentType = "content_type"
            case status, code
        }
    }

    /// - Parameter url: where an item can be downloaded.
    init(_ inbound: Inbound, url: (Inbound.Medium) -> String?) {
        id = inbound.id.description
        from = inbound.from
        to = inbound.to
        receivedAt = Timestamp(inbound.receivedAt)
        sentAt = inbound.sentAt.map { Timestamp($0) }
        clientReference = inbound.reference
        body = Content(
            subject: inbound.subject, message: inbound.text,
            media: inbound.media.map { medium in
                let url = medium.code == 0 ? url(medium) : nil
                let code = medium.code == 0 && url == nil ? Self.notUploaded : medium.code
                return Item(
                    url: url, contentType: medium.contentType, status: code == 0 ? "Uploaded" : "Failed", code: code)
            })
    }

    private static let notUploaded = 1

    enum CodingKeys: String, CodingKey {
        case type, id, from, to
        case receivedAt = "received_at"
        case sentAt = "sent_at"
        case clientReference = "client_reference"
        case body
    }
}

/// Writes inbound messages as the API prints them, with links to their media that are valid from now on.
struct InboundWriter: Sendable {
    /// Nil: the media is not hosted, and its items are marked as lost.
    let links: (any MediaLinks)?
    let clock: any DomainClock

    func body(of inbound: Inbound) -> InboundBody {
        InboundBody(inbound) { medium in medium.url ?? links?.url(of: medium, now: clock.now()) }
    }
}
