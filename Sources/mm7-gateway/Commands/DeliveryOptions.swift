import ArgumentParser
import CurlHTTP
import MM7
import MockMMSC
import Operating

/// One message of a handset, which the mock MMSC brings to the gateway.
struct DeliveryOptions: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Posts a DeliverReq with these files to --callback-url, and ends.", valueName: "FILE"),
        completion: .file())
    var deliver: [String] = []

    @Option(help: ArgumentHelp("The handset's number.", valueName: "NUMBER"))
    var from: String?

    @Option(help: ArgumentHelp("The number or short code that it sends to.", valueName: "NUMBER"))
    var to: String?

    @Option(help: "Its subject.")
    var subject: String?

    @Option(help: "A text before the files; with --deliver left out, the whole message.")
    var text: String?

    /// The most bytes of one file.
    private static let limitBytes = 32 << 20

    var isAsked: Bool { !deliver.isEmpty || text != nil }

    func validate() throws {
        guard isAsked else {
            if from != nil || to != nil || subject != nil {
                throw ValidationError("--from, --to and --subject are of a message by --deliver or --text")
            }
            return
        }
        guard let from, !from.isEmpty, let to, !to.isEmpty else {
            throw ValidationError("--deliver needs --from and --to")
        }
    }

    /// Posts the message and prints the answer.
    ///
    /// - Throws: `ExitCode.failure` unless it was taken.
    func post(to url: String, _ configuration: MockMMSC.Configuration) async throws {
        do {
            var parts = text.map { [OutgoingPart(contentType: "text/plain", bytes: Array($0.utf8)[...])] } ?? []
            for path in deliver {
                let file = try LocalFile(path: path, option: "--deliver", limit: (Self.limitBytes, "the limit"))
                parts.append(OutgoingPart(contentType: file.contentType, name: file.name, bytes: file.bytes[...]))
            }
            let message = HandsetMessage(from: from ?? "", to: to ?? "", subject: subject, parts: parts)
            let answer = try await MockMMSC.deliver(message, to: url, configuration, client: try HTTPClient())
            print("\(answer)".fitForTerminal)
            if answer.isTaken { return }
        } catch let error where error is SendFailure || error is HTTPFailure || error is MM7Error {
            StandardError.print(error)
        }
        throw ExitCode.failure
    }
}
