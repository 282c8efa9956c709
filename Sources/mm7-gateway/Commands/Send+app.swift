import ArgumentParser
import CurlHTTP
import GatewayConfiguration
import GatewayCore
import Operating

/// Sends as an app: a message for each recipient.
struct AppRoute: SendRoute {
    private let command: Send
    private let sender: AppSender
    private let app: String
    private let configuration: Configuration

    /// - Parameter name: an app of the configuration, or any app behind its project and a slash.
    /// - Throws: `ValidationError` for an app that cannot be sent as from here.
    init(_ name: String, of command: Send, in configuration: Configuration, at server: LocalServer) throws {
        let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let projects = configuration.directory.projects
        let project =
            parts.count == 2 ? projects[parts[0]] : projects.values.first { $0.app(name) != nil }
        guard let project else {
            throw ValidationError(
                parts.count == 2
                    ? "the configuration has no project '\(parts[0])'"
                    : "the configuration has no app '\(name)'; one that was made through the API is given as PROJECT/APP"
            )
        }
        guard let key = project.accessKeys.first else {
            throw ValidationError("the project '\(project.id)' has no access key that can be read here")
        }
        let api = LocalAPI(server, key: key)
        sender = AppSender(project: project.id, by: api)
        app = parts.count == 2 ? parts[1] : name
        self.command = command
        self.configuration = configuration
    }

    func send(media: String) async throws -> [String] {
        var ids: [String] = []
        for recipient in command.to {
            let id = try await sender.send(
                AppSendBody(
                    app: app, to: recipient, from: command.from, media: media, text: command.text,
                    subject: command.subject))
            print(id)
            ids.append(id)
        }
        return ids
    }

    /// The Conversation API does not say how a message ended; the store does.
    func awaitEnd(of ids: [String]) async throws {
        let timeout = Duration.seconds(command.timeout)
        let states = try await OperatorStore.reading(configuration) { store in
            try await SentStates.when(final: ids, in: store, within: timeout)
        }
        print(states.text)
        if states.isDelivered { return }
        if !states.isFinal {
            StandardError.print("not final after \(command.timeout) s; show \(ids.last ?? "") shows more")
        }
        throw ExitCode.failure
    }
}
