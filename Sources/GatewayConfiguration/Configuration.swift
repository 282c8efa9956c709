package import ConfigurationReading
package import GatewayCore
package import IPRanges
package import Trust

/// All that the operator decides: read from one file into one value, checked in full before anything starts.
///
/// A section is a file beside this one, with the properties, whose values are the defaults, and right below them the
/// lines that read them: each says a key, what it may be, and whether a reload changes it at once.
package struct Configuration: Sendable {
    package var server = Server()
    package var mm7 = MM7Server()
    package var operations = Operations()
    /// The folder of the store and the media.
    package var dataDirectory = "/var/lib/mm7-gateway"
    package var store = Store()
    /// The path of the credentials file, where there is one.
    package var credentialsFile: String?
    /// Service plans, projects, MMSCs and routes.
    package var directory = Directory()
    /// Private ranges in which media and webhook targets may lie all the same.
    package var egress: [IPRange] = []
    /// How TLS is spoken with everybody that the gateway calls; the sections of those may say otherwise.
    package var trust = TLSTrust()
    package var webhooks = Webhooks()
    package var media = Media()
    package var inbounds = Inbounds()
    package var retention = RetentionRules()
    package var conversation = Conversation()
    package var submission = Submission()
    /// How long requests and submissions in flight may take to end once the daemon was asked to stop.
    package var drain: Duration = .seconds(20)
    package var log = Log()
    package var tracing = Tracing()
    /// Every key in force as the file would have it, defaults included, secrets masked.
    package var effective = ConfigurationValue.object([])

    /// The keys, and sections as a whole, that a reload changes at once: those that say so where they are read.
    package var changedAtOnce: Set<String> = []

    /// What was left out because it is not on this machine; none where the file is read for a gateway.
    package var absences: [ConfigurationFaults.Fault] = []

    /// A configuration of the defaults.
    package init() {}

    /// Reads the whole file: each section in the order in which the sample shows it.
    init(_ reader: ConfigurationReader, in session: ReadingSession) {
        reader.changesAtOnce("channel_credentials", "service_plans", "projects", "mmscs", "routes", "egress", "tls")
        reader.ignore("$schema")  // names the schema to editors
        server = reader.object("server", Server.init)
        mm7 = reader.object("mm7", MM7Server.init)
        operations = reader.object("operations", Operations.init)
        reader.read("data_directory", .text, into: &dataDirectory)
        dataDirectory = session.absolute(dataDirectory)
        store = reader.object("store", Store.init)
        trust = reader.object("tls") { $0.generalTrust() }
        let credentials = ChannelCredentials.load(for: reader, in: session)
        credentialsFile = credentials.path
        let plans = reader.servicePlans(trust)
        let projects = reader.projects(credentials)
        reader.checkProjects(of: plans, among: projects)
        let mmscs = reader.mmscs(credentials, trust)
        directory = Directory(
            servicePlans: plans, projects: projects, mmscs: mmscs, routes: reader.routes(to: mmscs))
        egress = reader.object("egress") { $0.list("allow", of: .range).map(\.range) }
        webhooks = reader.object("webhooks") { Webhooks($0, trust) }
        media = reader.object("media") { Media($0, trust) }
        media.sharedDirectory = media.sharedDirectory.map(session.absolute)
        if media.sharedDirectory != nil, store.postgresql == nil {
            reader.fault(
                at: reader.path.member("store").member("postgresql"),
                "is needed with media.shared_directory: only gateways that share a database share a folder of media")
        }
        if media.sharedStorage != nil, store.postgresql == nil {
            reader.fault(
                at: reader.path.member("store").member("postgresql"),
                "is needed with media.shared_storage: only gateways that share a database share a bucket of media")
        }
        inbounds = reader.object("inbounds", Inbounds.init)
        retention = reader.object("retention", RetentionRules.init)
        conversation = reader.object("conversation", Conversation.init)
        directory.keepMessages(conversation)
        submission = reader.object("submission", Submission.init)
        reader.object("shutdown") { reader in
            reader.read("drain", .duration(from: .zero, to: .seconds(3600)), into: &drain)
        }
        log = reader.object("log", Log.init)
        tracing = reader.object("tracing", Tracing.init)
        checkListening(reader)
    }

    /// Checks that no two servers share a port.
    private func checkListening(_ reader: ConfigurationReader) {
        var servers = [("server", "listen", server.listen)]
        if let address = server.batchListen { servers.append(("server", "batch_listen", address)) }
        servers += [("mm7", "listen", mm7.listen), ("operations", "listen", operations.listen)]
        for (index, (section, key, address)) in servers.enumerated() {
            if let first = servers[..<index].first(where: { $0.2.collides(with: address) }) {
                reader.fault(
                    at: reader.path.member(section).member(key),
                    "takes the port of \(first.0).\(first.1); give each server its own")
            }
        }
    }
}
