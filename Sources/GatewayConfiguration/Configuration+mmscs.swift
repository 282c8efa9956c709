import ConfigurationReading
import CurlHTTP
import GatewayCore
import MM7
import Trust

extension ConfigurationReader {
    /// The MMSCs, each with the credentials of its account.
    func mmscs(_ credentials: ChannelCredentials, _ general: TLSTrust) -> [MMSC] {
        var names: [String: ConfigurationPath] = [:]
        return objects("mmscs", atLeast: 1) { $0.mmsc(credentials, general, names: &names) }
    }

    /// The routes from a number to its MMSCs.
    func routes(to mmscs: [MMSC]) -> Routes {
        let known = mmscs.map(\.name)
        var prefixes: [String: ConfigurationPath] = [:]
        let routes = objects("routes", atLeast: 1) { reader in
            let prefix = reader.required("prefix", .prefix)
            if let prefix {
                reader.claim(
                    prefix, at: reader.path.member("prefix"), in: &prefixes, "list all its MMSCs in one route")
            }
            var names: [String: ConfigurationPath] = [:]
            let chosen = reader.list("mmscs", of: .name, atLeast: 1) { name, path in
                reader.claim(name, at: path, in: &names, "name each MMSC once")
                if !known.contains(name) {
                    let question = Suggestion.question(for: name, among: known)
                    reader.fault(at: path, "names \"\(name)\", but no entry of mmscs has this name\(question)")
                }
            }
            return Routes.Route(prefix: prefix ?? "", mmscs: chosen)
        }
        return Routes(routes)
    }

    private func mmsc(
        _ credentials: ChannelCredentials, _ general: TLSTrust, names: inout [String: ConfigurationPath]
    ) -> MMSC {
        let name = uniqueName("name", in: &names, "give each MMSC its own")
        var mmsc = MMSC(name: name, url: required("url", .webURL()) ?? "")
        read("account", .text, into: &mmsc.account)
        let account = mmsc.account.flatMap { credentials.account($0, for: self) }
        mmsc.profile = profile()

        // A value given here wins over the account's.
        var vaspID = account?.vaspID
        read("vaspid", .secret, into: &vaspID)
        mmsc.vaspID = vaspID?.reveal()
        read("vasid", .text, into: &mmsc.vasID)
        mmsc.login = optionalObject("basic_auth") { $0.login() }
        if mmsc.login == nil, let login = account?.login {
            mmsc.login = login
            show("basic_auth", login.shown)
        }
        read("authentication", .word(), into: &mmsc.authentication)
        if mmsc.authentication == .digest, mmsc.login == nil, mmsc.account == nil, !isGiven("basic_auth") {
            fault("basic_auth", "is missing; HTTP Digest needs its username and password")
        }
        mmsc.trust = optionalObject("tls") { $0.trustWithIdentity(beside: general) }
        if mmsc.trust != nil { checkSecure(mmsc.url, "url") }
        mmsc.trust = mmsc.trust ?? general
        mmsc.defaultSender = account?.defaultSender
        read("default_sender", .originator, into: &mmsc.defaultSender)

        read("recipients_per_request", .whole(1...100), into: &mmsc.recipientsPerRequest)
        if mmsc.recipientsPerRequest > mmsc.profile.recipientsPerRequest {
            fault(
                "recipients_per_request",
                "is \(mmsc.recipientsPerRequest), but profile \"\(mmsc.profile.name)\" takes "
                    + "\(mmsc.profile.recipientsPerRequest) at most")
        }
        read("max_in_flight", .whole(1...10_000), into: &mmsc.maxInFlight)
        read("messages_per_second", .number(0.01...100_000), into: &mmsc.messagesPerSecond)
        read("timeout", .duration(from: .seconds(1), to: .seconds(600)), into: &mmsc.timeout)
        read("on_lost_answer", .word(), into: &mmsc.onLostAnswer)
        read("draining", .flag, into: &mmsc.isDraining)
        mmsc.breaker = object("circuit_breaker", BreakerLimits.init)
        mmsc.reading = object("report_reading", ReportReading.init)
        var isStrict = false
        read("strict_reading", .flag, into: &isStrict)
        mmsc.strictness = isStrict ? .schema : .lenient
        mmsc.callback = optionalObject("callback") { $0.callback() } ?? CallbackAccess()
        return mmsc
    }

    /// What the MMSC's own posts have to carry: a login, an address, or both.
    private func callback() -> CallbackAccess {
        var username: String?
        var password: Secret?
        read("username", .text, into: &username)
        read("password", .secret, into: &password)
        var authentication = MMSC.Authentication.basic
        read("authentication", .word(), into: &authentication)
        let allowed = list("allow", of: .range).map(\.range)
        switch (username, password) {
        case (let username?, let password?):
            return CallbackAccess(
                login: MMSC.Login(username: username, password: password), authentication: authentication,
                allowed: allowed)
        case (_?, nil): fault("password", "is missing; a username is checked together with its password")
        case (nil, _?): fault("username", "is missing; a password is checked together with its username")
        case (nil, nil):
            if authentication == .digest { fault("username", "is missing; HTTP Digest needs it and the password") }
        }
        return CallbackAccess(allowed: allowed)
    }

    /// A name and its password, as HTTP Basic has them.
    func login() -> MMSC.Login {
        let username = required("username", .text) ?? ""
        // The header puts a colon between the two. (RFC 7617, 2)
        if username.utf8.contains(UInt8(ascii: ":")) {
            fault("username", "must not contain a colon; HTTP Basic has no way to send it")
        }
        let password = required("password", .secret) ?? Secret("")
        for (key, credentials) in [
            ("username", BasicCredentials(username: username.filter { $0 != ":" }, password: "")),
            ("password", BasicCredentials(username: "", password: password.reveal())),
        ] {
            if let reason = credentials.fault { fault(key, "cannot be sent: \(reason)") }
        }
        return MMSC.Login(username: username, password: password)
    }
}

extension BreakerLimits {
    fileprivate init(_ reader: ConfigurationReader) {
        self.init()
        reader.read("failures", .whole(1...10_000), into: &failures)
        reader.read("first_pause", .duration(from: .milliseconds(10), to: .seconds(3600)), into: &firstPause)
        reader.read("last_pause", .duration(from: .milliseconds(10), to: .seconds(3600)), into: &lastPause)
        reader.read("refusals", .whole(1...10_000), into: &refusals)
        reader.read("refused_messages", .whole(1...10_000), into: &refusedMessages)
        reader.read("repair_pause", .duration(from: .milliseconds(10), to: .seconds(86400)), into: &repairPause)
        if lastPause < firstPause {
            reader.fault("last_pause", "must not be shorter than first_pause, which is \(firstPause.text)")
        }
    }
}

extension ReportReading {
    fileprivate init(_ reader: ConfigurationReader) {
        self.init()
        reader.read("forwarded", .word(), into: &forwarded)
        reader.read("indeterminate", .word(), into: &indeterminate)
    }
}

extension MMSC.Login {
    fileprivate var shown: ConfigurationValue {
        .object([
            .init(key: "username", value: .string(username)),
            .init(key: "password", value: .string(password.description)),
        ])
    }
}
