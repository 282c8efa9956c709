/// All that is in quarantine.
package struct QuarantineBody: Encodable {
    /// The number in all; those that are listed may be fewer.
    let count: Int
    let inbounds: [InboundStoryBody]

    package init(count: Int, inbounds: [InboundStoryBody]) {
        self.count = count
        self.inbounds = inbounds
    }

    /// The list for a terminal.
    package var text: String {
        guard count > 0 else { return "Nothing is in quarantine." }
        var table = TextTable(
            ("id", .left), ("MMSC", .left), ("received", .left), ("from", .left), ("to", .left), ("media", .right))
        for inbound in inbounds {
            table.add([
                inbound.id, inbound.mmsc, inbound.receivedAt, inbound.from, inbound.to, "\(inbound.media.count)",
            ])
        }
        let rest = count > inbounds.count ? ["", "\(count) messages, the first \(inbounds.count) of them here"] : []
        return (table.lines.map(\.plain) + rest).joined(separator: "\n")
    }
}
