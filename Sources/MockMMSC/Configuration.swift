package import CurlHTTP
import FoundationEssentials
package import HTTPServing
package import MM7
package import Trust

extension MockMMSC {
    /// How the MMSC behaves where nothing goes wrong, and `faults` for the rest.
    package struct Configuration: Sendable {
        package var host = "127.0.0.1"
        /// The port; 0 takes a free port that the system chooses.
        package var port = 0
        /// The certificate that it shows, and whether its peers need one; nil speaks plainly.
        package var tls: TLSSettings?
        /// Whether it knows no version of TLS that is newer than 1.2.
        package var isOfTLS12 = false
        /// The credentials that posts need; nil for none.
        package var login: BasicCredentials?
        /// How posts have to bring them.
        package var authentication = HTTPRequest.Authentication.basic
        /// The known VASPID; nil accepts any. Only strict checks read it.
        package var vaspID: String?
        /// The namespace and version of reports, and of answers to a peer whose own are not known.
        package var profile = Profile.standard
        package var checks = Checks.strict
        /// A larger message is answered 413 with 2004.
        package var bodyLimitBytes = 4 << 20
        /// The most recipients; a message to more is answered with 3003.
        package var recipientLimit = 1000
        /// The URL to which reports are posted; nil posts none until `postReports(to:)` sets it.
        package var callbackURL: String?
        package var callbackLogin: BasicCredentials?
        /// How reports bring it.
        package var callbackAuthentication = HTTPRequest.Authentication.basic
        /// Whom reports and messages of handsets go to over TLS, and with which certificate; nil: whom the system believes,
        /// and without one.
        package var callbackTrust: TLSTrust?
        /// The time from taking a message to its first report.
        package var reportDelay = Duration.milliseconds(500)
        /// The MMStatus that is reported for a message.
        package var reportedStatus = MMStatus.retrieved
        /// Other MMStatus values, by the last digits of the recipient; the longest that fits wins.
        package var reportedStatuses: [String: MMStatus] = [:]
        /// Whether a message that was taken back is reported as Cancelled.
        package var reportsCancelled = false
        /// The most posts of one report that is not answered with 1000.
        package var reportTries = 5
        /// The time between two posts of one report.
        package var reportRetryDelay = Duration.seconds(1)
        /// The most reports that wait for an answer.
        package var reportsInFlight = 64
        /// How long a report waits for an answer.
        package var reportTimeout = Duration.seconds(10)
        package var faults = Faults()
        /// The submissions kept in the journal, the newest.
        package var journalLimit = 1000
        /// The TransactionIDs that are known again, the newest: some 160 bytes of memory each.
        package var accountLimit = 1_000_000

        package init() {}
    }

    /// How much of a message is checked.
    package enum Checks: String, Sendable, CaseIterable {
        /// Everything that a validating MMSC would refuse.
        case strict
        /// Only the TransactionID and the recipients' Numbers, for measurements. Every message counts as one that asks
        /// for a report.
        case light
    }
}

extension MockMMSC.Configuration {
    /// Whether a post with this Authorization header may be made.
    func accepts(authorization: String?) -> Bool {
        guard let login else { return true }
        let wanted = Data("\(login.username):\(login.password)".utf8).base64EncodedString()
        return authorization == "Basic \(wanted)"
    }

    /// The MMStatus reported for a message to that recipient.
    func status(for recipient: Address) -> MMStatus {
        guard !reportedStatuses.isEmpty else { return reportedStatus }
        let digits = recipient.normalized
        let fitting = reportedStatuses.filter { digits.hasSuffix($0.key) }
        return fitting.max { $0.key.utf8.count < $1.key.utf8.count }?.value ?? reportedStatus
    }
}
