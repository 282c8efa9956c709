/// All that `show` found.
package struct ShowBody: Encodable {
    /// How many messages the name stands for; those that are shown may be fewer.
    let count: Int
    let messages: [StoryBody]
    /// Messages from handsets; none where there are messages to handsets.
    let inbounds: [InboundStoryBody]

    package init(count: Int, messages: [StoryBody], inbounds: [InboundStoryBody]) {
        self.count = count
        self.messages = messages
        self.inbounds = inbounds
    }

    /// All stories for a terminal.
    package var text: String {
        let texts = messages.map(\.text) + inbounds.map(\.text)
        let stories = texts.joined(separator: "\n\n" + String(repeating: "-", count: 60) + "\n\n")
        let order = messages.isEmpty ? "newest" : "first"
        return count > texts.count ? "\(count) messages, the \(order) \(texts.count):\n\n" + stories : stories
    }
}
