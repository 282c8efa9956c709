package import GatewayCore

extension String {
    /// The beginning of a value, enough to find it by, whatever its length and content.
    package var excerpt: PeerText { PeerText(self, limit: 40) }

    /// What an error adds of a number: a character that nobody sees in the value, where there is one.
    package var hiddenObstacle: String { MSISDN.hiddenObstacle(in: self).map { "; it has \($0) in it" } ?? "" }

    /// - Throws: `violation` when the text is longer than the limit, counted in UTF-16 units as the vendor's platform
    ///   counts.
    package func checkLength(of member: String, limit: Int) throws(MalformedRequest) {
        let count = utf16.count
        guard count <= limit else { throw .violation(at: member, "has \(count) characters, the limit is \(limit)") }
    }

    /// The text with one blank for each run of line ends and tabs: a subject becomes the line of a header.
    ///
    /// - Throws: `violation` for other control characters.
    package func checkedLine(of member: String) throws(MalformedRequest) -> String {
        guard unicodeScalars.contains(where: \.isUnfitForLine) else { return self }
        var line = UnicodeScalarView()
        var isBlank = false
        for scalar in unicodeScalars {
            guard scalar.isLineBreakOrTab else {
                guard !scalar.isUnfitForLine else { throw Self.controls(in: member) }
                line.append(scalar)
                isBlank = false
                continue
            }
            if !isBlank { line.append(" ") }
            isBlank = true
        }
        return String(line)
    }

    /// - Throws: `violation` for control characters other than tab and line breaks: XML, in which MM7 carries the text,
    ///   cannot write them. (XML 1.0, 2.2)
    package func checkControls(of member: String) throws(MalformedRequest) {
        let isUnspeakable = unicodeScalars.contains { scalar in
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: false
            case 0..<0x20, 0xFFFE, 0xFFFF: true
            default: false
            }
        }
        guard !isUnspeakable else { throw Self.controls(in: member) }
    }

    private static func controls(in member: String) -> MalformedRequest {
        .violation(at: member, "must not have control characters")
    }
}

extension Int {
    /// - Throws: `violation` outside of the range.
    package func checkRange(of member: String, _ range: ClosedRange<Int>) throws(MalformedRequest) {
        guard range.contains(self) else { throw .violation(at: member, "must be \(range.words), and is \(self)") }
    }
}

extension ClosedRange<Int> {
    /// `1 to 100`; `at least 1` where there is no end.
    var words: String { upperBound == .max ? "at least \(lowerBound)" : "\(lowerBound) to \(upperBound)" }
}

extension Unicode.Scalar {
    fileprivate var isUnfitForLine: Bool {
        switch value {
        case 0x20..<0x7F: false
        case ..<0xA0, 0xFFFE, 0xFFFF: true
        default: isLineBreakOrTab
        }
    }

    fileprivate var isLineBreakOrTab: Bool {
        switch value {
        case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }
}
