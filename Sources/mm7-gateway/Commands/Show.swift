import ArgumentParser
import ConfigurationReading
import GatewayConfiguration
import GatewayCore
import HTTPServing
import Media
import Operating

struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Shows what happened to a message and its MM7 exchange; a message from a handset; or unreadable posts.",
        discussion: """
            The SubmitReq is made again from the batch and the configuration as they are now; Authorization, VASPID and \
            VASID are masked, numbers and content are shown. Answers of the MMSC are shown where they were more than a \
            plain success. Reads the data directory, whether the gateway runs or not. Ends with 1 when there is no such \
            message or MMSC, or the store cannot be read. With --unreadable it shows the newest posts of MMSCs that \
            nobody could read, as they are built: numbers, texts, files and secrets are masked. --watch goes on until \
            every message shown is final, or until Ctrl-C.
            """)

    @OptionGroup var options: ConfigurationOptions

    @Argument(help: "The id of a message or a batch, an MMSC's MessageID, an inbound message's id, or PROJECT/APP.")
    var id: String?

    @Flag(help: "Shows the newest posts that nobody could read, 20 of an MMSC; of one alone where its name is given.")
    var unreadable = false

    @OptionGroup var output: TerminalOptions

    @OptionGroup var watching: WatchOptions

    @Flag(help: "Prints JSON.")
    var json = false

    func validate() throws {
        guard unreadable || id != nil else { throw ValidationError("show needs an id, or --unreadable") }
    }

    func run() async throws {
        let configuration = try options.load(for: .looking)
        try await watching.run(on: json ? .none : output.terminal) {
            unreadable ? try posts(configuration) : try await look(for: id ?? "", configuration)
        }
    }

    private func posts(_ configuration: Configuration) throws -> Watch.View {
        let body = UnreadableBody(in: configuration.dataDirectory, from: id)
        // Posts of an MMSC that the configuration had before are shown.
        if let id, body.isEmpty, configuration.directory.mmscs[id] == nil {
            let names = configuration.directory.mmscs.keys.sorted().joined(separator: ", ")
            StandardError.print("there is no MMSC '\(id)' in \(options.config), only \(names)")
            throw ExitCode.failure
        }
        return Watch.View(
            json ? String(decoding: JSONText.bytes(of: body), as: UTF8.self) : body.text.fitForTerminal)
    }

    private func look(for id: String, _ configuration: Configuration) async throws -> Watch.View {
        let (found, inbounds) = try await OperatorStore.reading(configuration) { inspection in
            let found = try await inspection.stories(of: id)
            return (found, found.count > 0 ? ([], 0) : try await inspection.inbounds(named: id))
        }
        let (stories, count) = found
        guard count + inbounds.1 > 0 else {
            StandardError.print("there is no message, batch or MessageID '\(id)' in \(configuration.dataDirectory)")
            throw ExitCode.failure
        }
        let directory = configuration.directory
        let bodies = try await OperatorStore.orEnd {
            try await OperatorStore.reading(mediaOf: configuration) { library in
                var bodies: [StoryBody] = []
                for story in stories {
                    let request = await ShownRequest(of: story, in: directory, from: library)
                    bodies.append(StoryBody(story, request: request) { directory.mmscs[$0] })
                }
                return bodies
            }
        }
        let result = ShowBody(
            count: count + inbounds.1, messages: bodies, inbounds: inbounds.0.map { InboundStoryBody($0) })
        return Watch.View(
            json
                ? String(decoding: JSONText.bytes(of: result), as: UTF8.self)
                : result.styled.rendered(for: output.terminal),
            isLast: inbounds.0.isEmpty && stories.allSatisfy(\.message.state.isFinal))
    }
}
