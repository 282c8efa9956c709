package import GatewayCore

/// All that the store knows of one inbound message.
package struct InboundStory: Sendable, Equatable {
    package var inbound: Inbound
    /// The MMSC that brought it.
    package var mmsc: String
    /// How its owner is notified of it.
    package var notifications: [MessageStory.Notification] = []
}
