/// What is wrong with a request: the member, and what it must be.
///
/// The text is for people. It names the limit and what was found, and repeats no content and no number.
package struct MalformedRequest: Error, Equatable, Sendable {
    package let kind: Kind
    /// `url`, `body.url`, `to[3]`, or the name of a parameter or header; nil for the request as a whole.
    package let member: String?
    /// "must be present"; a whole sentence where no member is named.
    package let problem: String

    package enum Kind: Sendable {
        /// Not JSON, or JSON that does not fit the schema.
        case invalidJSON
        /// A text that is no valid number, id, time or URL.
        case badFormat
        /// A member is missing, too long, too many, or contradicts another.
        case violation
    }

    package static func invalidJSON(at member: String? = nil, _ problem: String) -> Self {
        Self(kind: .invalidJSON, member: member, problem: problem)
    }

    package static func badFormat(at member: String? = nil, _ problem: String) -> Self {
        Self(kind: .badFormat, member: member, problem: problem)
    }

    package static func violation(at member: String? = nil, _ problem: String) -> Self {
        Self(kind: .violation, member: member, problem: problem)
    }

    package var text: String { member.map { "'\($0)': \(problem)" } ?? problem }
}
