import FoundationEssentials
import GatewayCore

extension BatchRequest {
    private static let longestReference = 2048

    /// What is asked for, in the domain's terms.
    ///
    /// - Throws: first what is malformed (400), member by member, then what is not allowed (403).
    func submittal(
        for plan: ServicePlan, in directory: Directory, now: Date
    ) throws(SMSAPIError) -> Submittal {
        let addressees = try Addressees(to)
        let originator = try originator ?? directory.defaultOriginator(of: plan, to: addressees.numbers)
        guard let originator else {
            throw .violation(
                "'from': must be present, as neither the service plan nor the MMSC has a default originator")
        }
        let validity = try Validity(sendAt: sendAt, expireAt: expireAt, now: now)
        let callback = try callbackURL.map { text throws(SMSAPIError) in try WebAddress(text, member: "callback_url") }
        try clientReference?.checkLength(of: "client_reference", limit: Self.longestReference)
        let content = try content()
        let parameters = try checkedParameters()

        if let group = addressees.groups.first { throw .unknownGroup(group) }
        if deliveryReport != .none, callback == nil, plan.callbackURL == nil { throw .missingCallbackURL }
        guard let content else { throw .unsupportedType(type.rawValue) }

        return Submittal(
            owner: .servicePlan(plan.id), recipients: addressees.echo, numbers: addressees.numbers,
            originator: originator, isOriginatorDefault: from == nil, content: content, parameters: parameters,
            reporting: deliveryReport, callbackURL: callback?.text, clientReference: clientReference,
            isFeedbackEnabled: isFeedbackEnabled ?? false, strictValidation: strictValidation,
            sendAt: validity.sendAt, expireAt: validity.expireAt)
    }

    /// nil when the request names none.
    private var originator: Originator? {
        get throws(SMSAPIError) {
            guard let from else { return nil }
            guard let originator = Originator(from) else {
                throw .badFormat("'from': must be a number, a short code or a name of 1 to 11 characters")
            }
            return originator
        }
    }

    /// nil for a type that has no media.
    private func content() throws(SMSAPIError) -> Batch.Content? {
        guard type == .media else { return nil }
        guard let body else { throw .violation("'body': must be present for mt_media") }
        guard let url = body.url else { throw .violation("'body.url': must be present for mt_media") }
        try body.subject?.checkLength(of: "body.subject", limit: MediaBody.longestSubject)
        try body.subject?.checkControls(of: "body.subject")
        try body.message?.checkLength(of: "body.message", limit: MediaBody.longestMessage)
        return Batch.Content(
            subject: body.subject, text: body.message, mediaURL: try WebAddress(url, member: "body.url").text)
    }
}
