import ConversationAPI
package import GatewayConfiguration
package import GatewayCore
import SMSAPI

/// The API by which an owner is notified.
package struct APIs: Sendable {
    let fates: any FateReader
    let directory: CurrentDirectory
    let links: any MediaLinks
    let clock: any DomainClock
    let callsPerSecond: Double

    /// - Parameter configuration: what it says of the Conversation API.
    init(
        fates: any FateReader, directory: CurrentDirectory, links: any MediaLinks, clock: any DomainClock,
        configuration: Configuration
    ) {
        self.fates = fates
        self.directory = directory
        self.links = links
        self.clock = clock
        callsPerSecond = configuration.conversation.webhookCallsPerSecond
    }

    func writer(for owner: Owner) -> any CallWriter {
        switch owner {
        case .servicePlan, .project:
            SMSCallWriter(fates: fates, directory: directory, links: links, clock: clock)
        case .app:
            ConversationCallWriter(
                directory: directory, links: links, clock: clock, callsPerSecond: callsPerSecond)
        }
    }

    /// For a store: the targets of each event by the directory of that moment.
    package static func targets(
        in directory: CurrentDirectory, by configuration: Configuration
    ) -> CallTargets {
        let settings = configuration.conversationSettings
        return { occasion in
            switch occasion.owner {
            case .servicePlan, .project: SMSCallWriter.targets(of: occasion, in: directory.now)
            case .app:
                ConversationCallWriter.targets(of: occasion, in: directory.now, settings: settings)
            }
        }
    }
}
