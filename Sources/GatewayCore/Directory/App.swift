package import FoundationEssentials

extension Project {
    /// What a project sends and receives with.
    package struct App: Sendable {
        package var id: String
        /// Nil for one of the configuration, which gives it none.
        package var displayName: String?
        /// The id of its MMS account; nil: none.
        package var account: String?
        /// The account itself, where it came through the API; nil where the configuration has it.
        package var ownAccount: MMSAccount?
        /// The account's sender, for a request that names no `MMS_SENDER`.
        package var defaultSender: Originator?
        /// Numbers and short codes whose inbound messages belong here.
        package var numbers: [String]
        /// Since when an app that was made through the API has them: of several, the one that had a number first has it.
        package var numbersSince = Date.distantPast
        package var processingMode = ProcessingMode.dispatch
        /// Channels beside MMS that it has credentials of, by their names: requests may name them.
        package var otherChannels: [String] = []
        /// How long lists have the messages of conversations; nil: for ever.
        package var retention: Duration? = .seconds(180 * 24 * 3600)
        /// How long the app wants messages kept that are dispatched alone. From a day on, what is received brings along
        /// what was last sent with them.
        package var dispatchRetention = Duration.zero
        package var webhooks: [Webhook] = []
        /// Signs calls to the address that a message names.
        package var callbackSecret: Secret?
        /// Whether the configuration names it; else it was made through the API, which may change it.
        package var isConfigured = true

        package init(id: String, defaultSender: Originator? = nil, numbers: [String] = []) {
            self.id = id
            self.defaultSender = defaultSender
            self.numbers = numbers
        }

        /// Whether it sends MMS: one of the configuration always does, by the account of its MMSC where it names none.
        package var hasMMS: Bool { isConfigured || account != nil || ownAccount != nil }
    }

    /// How an app deals with whom it speaks to, and what it keeps.
    package enum ProcessingMode: String, CaseIterable, Sendable, Codable {
        /// Contacts and conversations are made and kept.
        case conversation = "CONVERSATION"
        /// Nothing but messages.
        case dispatch = "DISPATCH"
    }
}

/// What an MMSC knows a customer by.
package struct MMSAccount: Sendable, Hashable {
    package var id: String
    /// Sent as VASPID.
    package var vaspID: Secret
    /// Sent as HTTP Basic.
    package var login: MMSC.Login?

    package init(id: String, vaspID: Secret, login: MMSC.Login? = nil) {
        self.id = id
        self.vaspID = vaspID
        self.login = login
    }
}
