/// What the recipients see.
package struct Content: Sendable, Hashable {
    /// At most 80 characters.
    package var subject: String?
    /// Whether `${key}` placeholders of the subject are filled in too.
    package var isSubjectTemplate: Bool
    /// May hold `${key}` placeholders, unless its batch says that it has none.
    package var text: String?
    /// Pictures, videos and cards in the order in which they are shown; empty for a text without media.
    package var media: [Medium]
    /// Whether the media have to keep the rules of strict validation.
    package var isStrict: Bool

    package init(
        subject: String? = nil, isSubjectTemplate: Bool = false, text: String? = nil, media: [Medium] = [],
        isStrict: Bool = false
    ) {
        self.subject = subject
        self.isSubjectTemplate = isSubjectTemplate
        self.text = text
        self.media = media
        self.isStrict = isStrict
    }

    /// A picture, video or card, as the customer names it. The names of its members are kept in the database.
    package struct Medium: Sendable, Hashable, Codable {
        /// Where it is fetched from.
        package var url: String
        /// What the file is to be called; nil for a name of ours.
        package var filename: String?

        package init(url: String, filename: String? = nil) {
            self.url = url
            self.filename = filename
        }
    }
}
