import FoundationEssentials
import GatewayCore

extension BatchRequest {
    /// The request that would make a batch as it is now; an update changes this and is checked like any other.
    init(_ batch: Batch) {
        type = batch.content.mediaURL == nil ? .text : .media
        to = batch.recipients
        from = batch.isOriginatorDefault ? nil : batch.originator.text
        deliveryReport = batch.reporting
        sendAt = batch.sendAt.map { Timestamp($0).text }
        expireAt = Timestamp(batch.expireAt).text
        callbackURL = batch.callbackURL
        clientReference = batch.clientReference
        isFeedbackEnabled = batch.isFeedbackEnabled
        tags = batch.tags
        if let url = batch.content.mediaURL {
            body = MediaBody(subject: batch.content.subject, message: batch.content.text, url: url)
        } else {
            text = batch.content.text
            textOptions = batch.content.textOptions ?? TextOptions()
        }
        parameters = batch.parameters.asGiven
        strictValidation = batch.strictValidation
    }
}

extension Batch {
    /// Whether its end is the one that a batch has whose request names none, counted from its beginning or from the
    /// change that made it begin at once.
    var hasDefaultEnd: Bool {
        [beginsAt, modifiedAt].contains { expireAt == $0 + Submittal.longestValidity }
    }
}
