package import MM7

/// An operator's or aggregator's MMS Relay/Server and how to speak with it.
package struct MMSC: Sendable {
    package var name: String
    package var url: String
    package var profile: Profile
    /// Who we are to it, in the envelope.
    package var vaspID: String?
    package var vasID: String?
    /// Who we are to it, in HTTP Basic; nil sends no credentials.
    package var login: Login?
    /// Recipients of one SubmitReq at most, all in Bcc; within what the profile allows.
    package var recipientsPerRequest = 1
    /// SubmitReqs without an answer yet, at most.
    package var maxInFlight: Int
    /// nil: as fast as it answers.
    package var messagesPerSecond: Double?
    /// From the first byte sent to the last byte of the answer.
    package var timeout: Duration
    package var onLostAnswer: OnLostAnswer
    /// Whether it takes nothing new: what it may have is still asked after, and the rest goes another way.
    package var isDraining = false
    /// When it counts as down.
    package var breaker = BreakerLimits()
    /// What its unsettled reports say.
    package var reading = ReportReading()
    /// What its own posts to us have to carry.
    package var callback: CallbackAccess
    /// Whether its posts have to be as the schema of their namespace has them.
    package var strictness = Strictness.lenient
    /// The sender of messages that name none; of the account.
    package var defaultSender: Originator?

    package init(
        name: String, url: String, profile: Profile = .standard, vaspID: String? = nil, vasID: String? = nil,
        login: Login? = nil, maxInFlight: Int = 32, messagesPerSecond: Double? = nil, timeout: Duration = .seconds(60),
        onLostAnswer: OnLostAnswer = .resend, callback: CallbackAccess = CallbackAccess(),
        defaultSender: Originator? = nil
    ) {
        self.name = name
        self.url = url
        self.profile = profile
        self.vaspID = vaspID
        self.vasID = vasID
        self.login = login
        self.maxInFlight = maxInFlight
        self.messagesPerSecond = messagesPerSecond
        self.timeout = timeout
        self.onLostAnswer = onLostAnswer
        self.callback = callback
        self.defaultSender = defaultSender
    }

    /// A name and its password.
    package struct Login: Sendable, Hashable {
        package var username: String
        package var password: Secret

        package init(username: String, password: Secret) {
            self.username = username
            self.password = password
        }
    }

    /// What to do with a message whose SubmitReq may have arrived without an answer.
    package enum OnLostAnswer: String, Sendable, CaseIterable {
        /// Again, under the same TransactionID: an MMSC that knows it drops the copy.
        case resend
        /// Not again; the message ends as unknown.
        case fail
    }
}
