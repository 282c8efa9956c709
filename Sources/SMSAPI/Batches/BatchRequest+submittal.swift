import CustomerServing
import FoundationEssentials
import GatewayCore

extension BatchRequest {
    private static let longestReference = 2048

    /// The request in the domain's terms.
    ///
    /// - Throws: what is malformed (400), member by member. `BatchIntake` checks what is not allowed (403).
    func submittal(
        for plan: Plan, in directory: Directory, now: Date
    ) throws(MalformedRequest) -> Submittal {
        let addressees = try Addressees(to)
        let originator = try originator ?? directory.defaultOriginator(of: plan.customer, to: addressees.numbers)
        guard let originator else {
            throw .violation(
                at: "from", "must be present, as neither the service plan nor the MMSC has a default originator")
        }
        let validity = try Validity(sendAt: sendAt, expireAt: expireAt, now: now)
        let callback = try callbackURL.map { text throws(MalformedRequest) in
            try WebAddress(text, member: "callback_url")
        }
        try clientReference?.checkLength(of: "client_reference", limit: Self.longestReference)
        try clientReference?.checkControls(of: "client_reference")
        try Tags.check(echo.tags ?? [])
        let content = try content(for: plan)
        let parameters = try checkedParameters(for: addressees)
        try checkExpansion(of: content, with: parameters)

        var echo = echo
        echo.isOriginatorDefault = from == nil ? true : nil
        let order = Order(
            to: addressees.echo, from: originator, content: content, parameters: parameters, sendAt: validity.sendAt,
            expireAt: validity.expireAt ?? Order.defaultEnd(sendAt: validity.sendAt, now: now),
            callbackURL: callback?.text, reference: clientReference, interest: deliveryReport.interest,
            echo: echo.echo)
        return Submittal(order, of: plan.owner, numbers: addressees.numbers)
    }

    /// The originator; nil when the request names none.
    private var originator: Originator? {
        get throws(MalformedRequest) {
            try from.map { from throws(MalformedRequest) in try Originator(from, member: "from") }
        }
    }

    private func content(for plan: Plan) throws(MalformedRequest) -> Content {
        guard type == .media else {
            // A text that is refused anyway is not checked.
            guard type == .text, plan.sendsTextAsMMS else { return Content() }
            return try textContent()
        }
        guard let body else { throw .violation(at: "body", "must be present for mt_media") }
        guard let url = body.url else { throw .violation(at: "body.url", "must be present for mt_media") }
        try body.subject?.checkLength(of: "body.subject", limit: MediaBody.longestSubject)
        let subject = try body.subject?.checkedLine(of: "body.subject")
        try body.message?.checkLength(of: "body.message", limit: MediaBody.longestMessage)
        try body.message?.checkControls(of: "body.message")
        return Content(
            subject: subject, isSubjectTemplate: plan.hasSubjectParameters, text: body.message,
            media: [Content.Medium(url: try WebAddress(url, member: "body.url").text)],
            isStrict: echo.strictValidation == true)
    }

    private func textContent() throws(MalformedRequest) -> Content {
        guard !isTextOfWrongType else { throw .invalidJSON(at: "body", "must be a string") }
        guard let text else { throw .violation(at: "body", "must be present for mt_text") }
        try text.checkLength(of: "body", limit: MediaBody.longestMessage)
        try text.checkControls(of: "body")
        try echo.textOptions?.maxParts?.checkRange(of: "max_number_of_message_parts", 1...Int.max)
        try echo.textOptions?.fromTON?.checkRange(of: "from_ton", 0...6)
        try echo.textOptions?.fromNPI?.checkRange(of: "from_npi", 0...18)
        return Content(text: text)
    }
}
