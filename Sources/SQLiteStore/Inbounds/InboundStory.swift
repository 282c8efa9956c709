package import GatewayCore

/// All that the store knows of one inbound message.
package struct InboundStory: Sendable, Equatable {
    package var inbound: Inbound
    /// The MMSC that brought it.
    package var mmsc: String
    /// What webhooks tell of it.
    package var events: [MessageStory.ToldEvent] = []
}
