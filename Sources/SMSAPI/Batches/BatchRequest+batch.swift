import CustomerServing
import FoundationEssentials
import GatewayCore

extension BatchRequest {
    /// The request that would make a batch as it is now; an update changes this and is checked like any other.
    init(_ batch: Batch) throws {
        let order = batch.order
        echo = try SMSEcho(order.echo)
        type = order.content.media.isEmpty ? .text : .media
        to = order.recipients
        from = echo.isOriginatorDefault == true ? nil : order.originator.text
        deliveryReport = DeliveryReportWord(order.interest)
        sendAt = order.sendAt.map { Timestamp($0).text }
        expireAt = Timestamp(order.expireAt).text
        callbackURL = order.callbackURL
        clientReference = order.reference
        if let medium = order.content.media.first {
            body = MediaBody(subject: order.content.subject, message: order.content.text, url: medium.url)
        } else {
            text = order.content.text
        }
        parameters = order.parameters.asGiven
    }
}

extension Batch {
    /// Whether the batch ends when it would without an end in its request, counted from its beginning or from the
    /// change that made it begin at once.
    var hasDefaultEnd: Bool {
        [beginsAt, modifiedAt].contains { order.expireAt == $0 + Order.longestValidity }
    }
}
