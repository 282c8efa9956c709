import ConfigurationReading
package import ConversationAPI
package import GatewayCore

extension Configuration {
    /// What the documents of the Conversation API leave to whoever serves it.
    package struct Conversation: Sendable {
        /// How a message of choices looks as text.
        package var bullet = TranscodingStyle.Bullet.asterisk
        package var cardTitle = TranscodingStyle.CardTitle.firstLine
        package var inboundSubject = InboundSubject.whenAlone
        /// Whether customers are notified when an MMSC has taken a message.
        package var sendsQueuedOnChannel = true
        /// The most calls to the webhooks of one app per second.
        package var webhookCallsPerSecond = 25.0
        /// The most messages of one app that no MMSC has taken yet.
        package var queueLimit = 500_000
        /// How long an answer to an offered choice is recognised.
        package var choiceLife: Duration = .seconds(7 * 86400)
        /// The keys of what is sealed in the store: the first seals, all of them open; none: the data directory keeps
        /// one.
        package var sealKeys: [Secret] = []
        /// How long messages of the configuration's apps can be looked up that were dispatched alone. Apps that were made
        /// through the API say so themselves.
        package var dispatchRetention: Duration = .seconds(3 * 86400)
        /// The same of messages of conversations.
        package var conversationRetention: Duration = .seconds(180 * 86400)
    }
}

extension Configuration.Conversation {
    init(_ reader: ConfigurationReader) {
        reader.read("bullet", .word(), into: &bullet)
        reader.read("card_title", .word(), into: &cardTitle)
        reader.read("inbound_subject", .word(), into: &inboundSubject)
        reader.read("queued_on_channel", .flag, into: &sendsQueuedOnChannel)
        reader.read("webhook_calls_per_second", .number(0.01...1_000_000), into: &webhookCallsPerSecond)
        reader.read("queue_limit", .whole(1...1_000_000_000), into: &queueLimit)
        reader.read("choice_life", .duration(from: .seconds(60), to: .seconds(90 * 86400)), into: &choiceLife)
        sealKeys = reader.list("seal_keys", of: .longKey)
        reader.read(
            "dispatch_retention", .duration(from: .zero, to: .seconds(30 * 86400)), into: &dispatchRetention)
        reader.read(
            "conversation_retention", .duration(from: .seconds(86400), to: .seconds(3650 * 86400)),
            into: &conversationRetention)
    }
}

extension Directory {
    /// Gives the apps the retention of their messages.
    mutating func keepMessages(_ conversation: Configuration.Conversation) {
        projects = projects.mapValues { project in
            var project = project
            project.apps = project.apps.map { app in
                var app = app
                app.retention = conversation.conversationRetention
                return app
            }
            return project
        }
    }
}
