import ConversationAPI
import GatewayCore
import Testing

@testable import GatewayConfiguration

@Suite("The Conversation API, as configured")
struct ConversationConfigurationTests {
    private func project(_ app: String) -> ConfigurationFixture {
        ConfigurationFixture(
            "projects: [{id: 'p', access_keys: [{id: 'k', secret: 's'}], requests_per_second: 5, apps: [{id: 'a', \(app)}]}],"
        )
    }

    @Test("an app has its mode, its name and its secret")
    func app() throws {
        let configuration = try project(
            "processing_mode: 'CONVERSATION', display_name: 'Shop', callback_secret: 'quiet'"
        )
        .load()

        let project = try #require(configuration.directory.projects["p"])
        let app = try #require(project.app("a"))
        #expect(project.requestsPerSecond == 5)
        #expect(app.processingMode == .conversation)
        #expect(app.displayName == "Shop")
        #expect(app.callbackSecret == Secret("quiet"))
        #expect(app.isConfigured)
        #expect(!configuration.description.contains("quiet"))
    }

    @Test("a webhook's token is fetched as the API names it")
    func token() throws {
        let configuration = try project(
            """
            webhooks: [{target: 'https://a.example', triggers: ['MESSAGE_INBOUND'], client_credentials: {
              client_id: 'me', client_secret: 'quiet', endpoint: 'https://t.example/token', scope: 'one two',
              token_request_type: 'FORM'}}]
            """
        ).load()

        var request = TokenRequest(
            endpoint: "https://t.example/token", clientID: "me", clientSecret: Secret("quiet"))
        request.scope = "one two"
        request.isForm = true
        #expect(configuration.directory.projects["p"]?.apps.first?.webhooks.first?.credentials.token == request)
        #expect(!configuration.description.contains("quiet"))
    }

    @Test("a project may leave all its apps to the API")
    func withoutApps() throws {
        let configuration = try ConfigurationFixture("projects: [{id: 'p', access_keys: [{id: 'k', secret: 's'}]}],")
            .load()

        #expect(configuration.directory.projects["p"]?.apps.isEmpty == true)
    }

    @Test("the section says what the API leaves open")
    func section() throws {
        let conversation = try ConfigurationFixture(
            """
            conversation: {bullet: "angle", card_title: "subject", inbound_subject: "dropped", queued_on_channel: false,
              webhook_calls_per_second: 2.5, queue_limit: 10, choice_life: "1d", dispatch_retention: "0s",
              conversation_retention: "30d", seal_keys: ["\(String(repeating: "k", count: 32))"]},
            """
        ).load().conversation

        #expect(conversation.bullet == .angle)
        #expect(conversation.cardTitle == .subject)
        #expect(conversation.inboundSubject == .dropped)
        #expect(!conversation.sendsQueuedOnChannel)
        #expect(conversation.webhookCallsPerSecond == 2.5)
        #expect(conversation.queueLimit == 10)
        #expect(conversation.choiceLife == .seconds(86400))
        #expect(conversation.dispatchRetention == .zero)
        #expect(conversation.conversationRetention == .seconds(30 * 86400))
        #expect(conversation.sealKeys.count == 1)
    }

    @Test(
        "a fault names the key and the way out",
        arguments: [
            ("conversation: {bullet: 'dot'},", #"conversation.bullet: must be one of "asterisk", "angle""#),
            ("conversation: {seal_keys: ['short']},", "conversation.seal_keys[0]: must be a string of 32 to 1024"),
            ("conversation: {choice_life: '1s'},", "conversation.choice_life: must be a duration such as"),
            (
                "server: {batch_listen: ':8080'},",
                "server.batch_listen: takes the port of server.listen; give each server its own"
            ),
            (
                "server: {batch_listen: ':9090'},",
                "operations.listen: takes the port of server.batch_listen; give each server its own"
            ),
        ])
    func faults(text: String, fault: String) {
        let faults = ConfigurationFixture(text).faults()

        #expect(faults.count == 1)
        #expect(faults.first?.hasPrefix(fault) == true)
    }

    @Test("what a token is fetched with has to be whole")
    func cutToken() {
        let faults = project(
            "webhooks: [{target: 'https://a.example', triggers: ['OPT_IN'], client_credentials: {scope: ''}}]"
        ).faults()

        let path = "projects[0].apps[0].webhooks[0].client_credentials"
        for key in ["client_id", "client_secret", "endpoint"] {
            #expect(faults.contains { $0.hasPrefix("\(path).\(key): is missing") })
        }
        #expect(faults.contains("\(path).scope: must be a string of 1 to 1024 characters"))
    }
}
