import ConfigurationReading
import GatewayCore

/// The MMS accounts of the vendor's own credentials file: our names and passwords at MMSCs.
struct ChannelCredentials {
    struct Account {
        /// Sent as VASPID.
        var vaspID: Secret
        /// Sent as HTTP Basic.
        var login: MMSC.Login?
        var defaultSender: Originator?
    }

    private var accounts: [String: Account] = [:]
    private let source: Source
    /// The absolute path of the file, whether it could be read or not; nil where the configuration names none.
    private(set) var path: String?

    private init(source: Source, path: String? = nil) {
        self.source = source
        self.path = path
    }

    private enum Source {
        case none
        case file(String)
        /// A fault that has been reported; accounts missing here would only repeat it.
        case unreadable
    }

    /// Reads the file that the key `channel_credentials` names, if there is one.
    static func load(for reader: ConfigurationReader, in session: ReadingSession) -> ChannelCredentials {
        var file: String?
        let faults = session.faults.count
        reader.read("channel_credentials", .text, into: &file)
        guard let file else {
            return ChannelCredentials(source: session.faults.count == faults ? .none : .unreadable)
        }
        let path = ConfigurationPath(file: session.absolute(file))
        let key = reader.path.member("channel_credentials")
        let members = session.object(inFile: session.absolute(file), at: path, namedBy: key)
        guard let members else {
            return ChannelCredentials(source: .unreadable, path: session.absolute(file))
        }
        let inside = ConfigurationReader(members, at: path, in: session)
        var credentials = ChannelCredentials(source: .file(file), path: session.absolute(file))
        credentials.read(inside)
        inside.finish()
        return credentials
    }

    /// The account that a key `account` names; nil when there is none, which is reported at the key.
    func account(_ id: String, for reader: ConfigurationReader) -> Account? {
        if let account = accounts[id] { return account }
        switch source {
        case .none:
            reader.fault(
                "account", "names \"\(id)\", but there is no channel_credentials file; give its path at the top level")
        case .file(let path):
            let question = Suggestion.question(for: id, among: accounts.keys)
            reader.fault("account", "names \"\(id)\", but \(path) has no such account_id\(question)")
        case .unreadable: break
        }
        return nil
    }

    private init(source: Source) {
        self.source = source
    }

    private mutating func read(_ reader: ConfigurationReader) {
        var found: [String: Account] = [:]
        var ids: [String: ConfigurationPath] = [:]
        // The vendor's API has one object where an app has one channel.
        _ = reader.objects("channel_credentials", atLeast: 1, orOne: true) { reader in
            guard reader.required("channel", .text) == "MMS" else { return reader.ignoreTheRest() }
            // Other members that the vendor's API returns with credentials.
            reader.ignore("callback_secret", "credential_ordinal_number", "state", "channel_known_id")
            reader.object("mms_credentials") { reader in
                let id = reader.required("account_id", .text)
                let vaspID = reader.required("api_key", .secret)
                let login = reader.optionalObject("basic_auth") { $0.login() }
                var account = Account(vaspID: vaspID ?? Secret(""), login: login)
                reader.read("default_sender", .originator, into: &account.defaultSender)
                guard let id else { return }
                reader.claim(id, at: reader.path.member("account_id"), in: &ids, "keep one entry per account")
                found[id] = account
            }
        }
        accounts = found
    }
}
