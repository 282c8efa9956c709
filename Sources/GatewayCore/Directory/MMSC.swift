package import MM7
package import Trust

/// An operator's or aggregator's MMS Relay/Server and how to speak with it.
package struct MMSC: Sendable {
    package var name: String
    package var url: String
    package var profile: Profile
    /// Our name at the MMSC, in the envelope.
    package var vaspID: String?
    package var vasID: String?
    /// Our credentials; nil sends none.
    package var login: Login?
    /// How they are sent.
    package var authentication = Authentication.basic
    /// How TLS is spoken with it; nil: with the system's authorities and without a client certificate.
    package var trust: TLSTrust?
    /// The id of the account that these are of; nil: of none that has an id.
    package var account: String?
    /// Whether they are an app's own: what the MMSC says of them says nothing of the MMSC.
    package internal(set) var hasAccountOfApp = false
    /// The most recipients of one SubmitReq, all in Bcc; within what the profile allows.
    package var recipientsPerRequest = 1
    /// The most SubmitReqs without an answer yet.
    package var maxInFlight: Int
    /// The most messages per second; nil: as many as it answers.
    package var messagesPerSecond: Double?
    /// The time from the first byte sent to the last byte of the answer.
    package var timeout: Duration
    package var onLostAnswer: OnLostAnswer
    /// Whether it takes nothing new: messages that it may have stay with it, and the rest goes another way.
    package var isDraining = false
    /// When it counts as down.
    package var breaker = BreakerLimits()
    /// What its reports mean that settle nothing by themselves.
    package var reading = ReportReading()
    /// What its own posts to us have to carry.
    package var callback: CallbackAccess
    /// Whether its posts have to be valid by the schema of their namespace.
    package var strictness = Strictness.lenient
    /// The account's sender, for messages that name none.
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

    /// How a login is shown, in either direction.
    package enum Authentication: String, Sendable, CaseIterable {
        /// HTTP Basic (RFC 7617): as it is.
        case basic
        /// HTTP Digest (RFC 7616): as a hash over it and a challenge.
        case digest
    }

    /// What to do with a message whose SubmitReq may have arrived without an answer.
    package enum OnLostAnswer: String, Sendable, CaseIterable {
        /// It is sent again, under the same TransactionID: an MMSC that knows it drops the copy.
        case resend
        /// It is not sent again; the message ends as unknown.
        case fail
    }
}

/// For people, debuggers and logs: the name alone. At some operators a VASPID serves as a key, and an address may carry
/// one.
extension MMSC: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { name }
    package var debugDescription: String { name }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
