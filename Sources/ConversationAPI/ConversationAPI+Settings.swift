import GatewayCore

extension ConversationAPI {
    /// What an operator decides about this API.
    package struct Settings: Equatable, Sendable {
        /// How messages look that MMS has no form for.
        package var style: TranscodingStyle
        /// Whether apps are notified when an MMSC has taken a message, before any receipt.
        package var notifiesQueued: Bool
        /// What becomes of the subject of a message that came in.
        package var inboundSubject: InboundSubject
        /// How long the answer to a message is taken for one of the choices that it offered.
        package var choiceLife: Duration
        /// How long lists have messages that were dispatched alone, where their app does not say longer.
        package var dispatchRetention: Duration

        package init(
            style: TranscodingStyle = TranscodingStyle(), notifiesQueued: Bool = true,
            inboundSubject: InboundSubject = .whenAlone, choiceLife: Duration = .seconds(7 * 24 * 3600),
            dispatchRetention: Duration = .seconds(3 * 24 * 3600)
        ) {
            self.style = style
            self.notifiesQueued = notifiesQueued
            self.inboundSubject = inboundSubject
            self.choiceLife = choiceLife
            self.dispatchRetention = dispatchRetention
        }

        /// How long lists have an app's messages; nil: for ever.
        func retention(of app: Project.App, isOfConversation: Bool) -> Duration? {
            isOfConversation ? app.retention : max(app.dispatchRetention, dispatchRetention)
        }
    }
}
