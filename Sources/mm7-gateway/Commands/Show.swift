import ArgumentParser
import GatewayCore
import HTTPServing
import Media
import SQLiteStore

struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tells the story of a message and shows its MM7 exchange.",
        discussion: """
            The SubmitReq is made again from the batch and the configuration as they are now; Authorization, VASPID and \
            VASID are masked, numbers and content are shown. Answers of the MMSC are shown where they were more than a \
            plain success. Reads the data directory, whether the gateway runs or not. Ends with 1 when there is no such \
            message or the store cannot be read.
            """)

    @OptionGroup var options: ConfigurationOptions

    @Argument(help: "The id of a message or a batch, or an MMSC's MessageID.")
    var id: String

    @Flag(help: "Prints JSON.")
    var json = false

    func run() async throws {
        let configuration = try options.load()
        let (stories, count) = try await StoreInspection.reading(configuration) { inspection in
            try await inspection.stories(of: id)
        }
        guard count > 0 else {
            StandardError.print("there is no message, batch or MessageID '\(id)' in \(configuration.dataDirectory)")
            throw ExitCode.failure
        }
        let library = MediaLibrary(readingIn: configuration.dataDirectory)
        let directory = configuration.directory
        var bodies: [StoryBody] = []
        for story in stories {
            let request = await ShownRequest(of: story, in: directory, from: library)
            bodies.append(StoryBody(story, request: request) { directory.mmscs[$0] })
        }
        let result = ShowBody(count: count, messages: bodies)
        print(json ? String(decoding: JSONText.bytes(of: result), as: UTF8.self) : result.text.fitForTerminal)
    }
}

/// All that `show` found.
struct ShowBody: Encodable {
    /// Messages that the name stands for; those that are shown may be fewer.
    let count: Int
    let messages: [StoryBody]

    var text: String {
        let stories = messages.map(\.text).joined(separator: "\n\n" + String(repeating: "-", count: 60) + "\n\n")
        return count > messages.count ? "\(count) messages, the first \(messages.count):\n\n" + stories : stories
    }
}
