import ArgumentParser
import HTTPServing
import SQLiteStore

struct QuarantineList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists what is in quarantine, the oldest first; show tells more of each.")

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "Prints JSON.")
    var json = false

    /// Messages of one answer at most.
    private static let limit = 1000

    func run() async throws {
        let configuration = try options.load(for: .looking)
        let (stories, count) = try await StoreInspection.reading(configuration) { inspection in
            try await inspection.quarantined(limit: Self.limit)
        }
        let list = QuarantineBody(count: count, inbounds: stories.map { InboundStoryBody($0) })
        print(json ? String(decoding: JSONText.bytes(of: list), as: UTF8.self) : list.text.fitForTerminal)
    }
}

/// All that is in quarantine.
struct QuarantineBody: Encodable {
    /// Those that are listed may be fewer.
    let count: Int
    let inbounds: [InboundStoryBody]

    var text: String {
        guard count > 0 else { return "Nothing is in quarantine." }
        var table = TextTable(
            ("id", .left), ("MMSC", .left), ("received", .left), ("from", .left), ("to", .left), ("media", .right))
        for inbound in inbounds {
            table.add([
                inbound.id, inbound.mmsc, inbound.receivedAt, inbound.from, inbound.to, "\(inbound.media.count)",
            ])
        }
        let rest = count > inbounds.count ? ["", "\(count) messages, the first \(inbounds.count) of them here"] : []
        return (table.lines + rest).joined(separator: "\n")
    }
}
