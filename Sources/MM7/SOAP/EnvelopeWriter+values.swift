import FoundationEssentials

/// Writes elements that several operations share.
extension EnvelopeWriter {
    mutating func status(_ status: ResponseStatus) throws(MM7Error) {
        xml.open("Status")
        xml.open("StatusCode")
        try xml.text(String(status.code.rawValue), of: "StatusCode")
        xml.close("StatusCode")
        try xml.element("StatusText", status.text ?? status.code.standardText)
        try xml.element("Details", status.details)
        xml.close("Status")
    }

    mutating func text(_ name: StaticString, _ text: String?, _ element: ElementSet) throws(MM7Error) {
        if elements.contains(element) { try xml.element(name, text) }
    }

    mutating func flag(_ name: StaticString, _ flag: Bool?, _ element: ElementSet) {
        if elements.contains(element) { xml.element(name, flag) }
    }

    mutating func date(_ name: StaticString, _ date: Date?) throws(MM7Error) {
        guard let date else { return }
        try xml.element(name, try wireText(date, of: name))
    }

    mutating func date(_ name: StaticString, _ date: Date?, _ element: ElementSet) throws(MM7Error) {
        if elements.contains(element) { try self.date(name, date) }
    }

    /// A time of delivery, made absolute where the profile wants that.
    mutating func time(
        _ name: StaticString, _ time: RelativeOrAbsoluteDate?, from submitted: Date?, _ element: ElementSet
    ) throws(MM7Error) {
        guard var time, elements.contains(element) else { return }
        if case .relative = time, profile.expiryForm == .absolute {
            guard let submitted else {
                let rule = "profile '\(profile.name)' wants absolute dates"
                throw MM7Error(
                    .unencodable, "\(rule), and the request has no TimeStamp to count from", element: "\(name)")
            }
            time = .absolute(time.date(submitted: submitted))
        }
        try xml.element(name, try wireText(time, of: name))
    }

    /// DistributionIndicator or, in the oldest schema, DistributionProtection, which says the opposite.
    mutating func distributionIndicator(_ mayDistribute: Bool?) {
        flag("DistributionIndicator", mayDistribute, .distributionIndicator)
        flag("DistributionProtection", mayDistribute.map { !$0 }, .distributionProtection)
    }

    mutating func subject(_ subject: String?) throws(MM7Error) {
        guard let subject, elements.contains(.subject) else { return }
        // Control characters inside encoded words would reach the header lines that a relay makes from them.
        let line = subject.inOneLine
        try xml.element("Subject", profile.subjectForm == .plain ? line : EncodedWord.encode(line))
    }

    mutating func content(_ content: ContentReference?) throws(MM7Error) {
        guard let content, !content.href.isEmpty else { return }
        xml.openWithAttributes("Content")
        try xml.attribute("href", content.href)
        try xml.attribute("allowAdaptations", content.allowAdaptations.map { $0 ? "true" : "false" })
        xml.literal("/>")
    }

    mutating func uaCapabilities(_ capabilities: UACapabilities?) throws(MM7Error) {
        guard let capabilities, elements.contains(.uaCapabilities) else { return }
        xml.openWithAttributes("UACapabilities")
        try xml.attribute("UAProf", capabilities.uaProf)
        if let time = capabilities.timeStamp {
            try xml.attribute("TimeStamp", try wireText(time, of: "UACapabilities"))
        }
        xml.literal("/>")
    }

    func wireText(_ date: Date, of element: StaticString) throws(MM7Error) -> String {
        guard let text = WireDate.text(date) else {
            throw MM7Error(.unencodable, "a date outside the years 1 to 9999", element: "\(element)")
        }
        return text
    }

    func wireText(_ date: RelativeOrAbsoluteDate, of element: StaticString) throws(MM7Error) -> String {
        switch date {
        case .absolute(let date): return try wireText(date, of: element)
        case .relative(let seconds):
            guard let text = WireDate.text(ofDuration: seconds) else {
                throw MM7Error(.unencodable, "a negative duration", element: "\(element)")
            }
            return text
        }
    }
}
