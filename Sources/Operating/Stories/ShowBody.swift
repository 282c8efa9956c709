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
    package var text: String { styled.plain }

    /// All stories for a terminal that shows colours.
    package var styled: StyledText {
        let texts = messages.map(\.styled) + inbounds.map { StyledText($0.text) }
        let order = messages.isEmpty ? "newest" : "first"
        var all = StyledText(count > texts.count ? "\(count) messages, the \(order) \(texts.count):\n\n" : "")
        for (number, text) in texts.enumerated() {
            if number > 0 { all += StyledText("\n\n" + String(repeating: "-", count: 60) + "\n\n") }
            all += text
        }
        return all
    }
}
