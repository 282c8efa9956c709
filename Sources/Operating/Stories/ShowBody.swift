/// All that `show` found.
package struct ShowBody: Encodable {
    /// Messages that the name stands for; those that are shown may be fewer.
    let count: Int
    let messages: [StoryBody]
    /// From handsets; there are none where there are messages.
    let inbounds: [InboundStoryBody]

    package init(count: Int, messages: [StoryBody], inbounds: [InboundStoryBody]) {
        self.count = count
        self.messages = messages
        self.inbounds = inbounds
    }

    /// For a terminal.
    package var text: String {
        let texts = messages.map(\.text) + inbounds.map(\.text)
        let stories = texts.joined(separator: "\n\n" + String(repeating: "-", count: 60) + "\n\n")
        let order = messages.isEmpty ? "newest" : "first"
        return count > texts.count ? "\(count) messages, the \(order) \(texts.count):\n\n" + stories : stories
    }
}
