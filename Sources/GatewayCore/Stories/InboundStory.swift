/// All that the store knows of one inbound message.
package struct InboundStory: Sendable, Equatable {
    package var inbound: Inbound
    /// The MMSC that brought it.
    package var mmsc: String
    /// How its owner is notified of it.
    package var notifications: [MessageStory.Notification]

    package init(
        inbound: Inbound, mmsc: String, notifications: [MessageStory.Notification] = []
    ) {
        self.inbound = inbound
        self.mmsc = mmsc
        self.notifications = notifications
    }
}
