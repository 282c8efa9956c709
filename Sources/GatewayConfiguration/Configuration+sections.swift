import ConfigurationReading
import GatewayCore
import Logging
import MM7Endpoint
import Media

extension Configuration {
    /// Reads the whole file: each section in the order in which the sample shows it.
    init(_ reader: ConfigurationReader, in session: ReadingSession) {
        reader.ignore("$schema")  // names the schema to editors
        server = reader.object("server", Server.init)
        mm7 = reader.object("mm7", MM7Server.init)
        operations = reader.object("operations", Operations.init)
        reader.read("data_directory", .text, into: &dataDirectory)
        dataDirectory = session.absolute(dataDirectory)
        store = reader.object("store", Store.init)
        let credentials = ChannelCredentials.load(for: reader, in: session)
        let plans = reader.servicePlans()
        let projects = reader.projects(credentials)
        reader.checkProjects(of: plans, among: projects)
        let mmscs = reader.mmscs(credentials)
        directory = Directory(
            servicePlans: plans, projects: projects, mmscs: mmscs, routes: reader.routes(to: mmscs))
        egress = reader.object("egress") { $0.list("allow", of: .range).map(\.range) }
        webhooks = reader.object("webhooks", Webhooks.init)
        media = reader.object("media", Media.init)
        inbounds = reader.object("inbounds", Inbounds.init)
        submission = reader.object("submission", Submission.init)
        reader.object("shutdown") { reader in
            reader.read("drain", .duration(from: .zero, to: .seconds(3600)), into: &drain)
        }
        reader.object("log") { $0.read("level", .word(), into: &logLevel) }
        checkListening(reader)
    }

    /// Two servers cannot share a port.
    private func checkListening(_ reader: ConfigurationReader) {
        let servers = [("server", server.listen), ("mm7", mm7.listen), ("operations", operations.listen)]
        for (index, (name, address)) in servers.enumerated() {
            if let first = servers[..<index].first(where: { $0.1.collides(with: address) }) {
                reader.fault(
                    at: reader.path.member(name).member("listen"),
                    "takes the port of \(first.0).listen; give each server its own")
            }
        }
    }
}

extension Configuration.Server {
    init(_ reader: ConfigurationReader) {
        reader.read("listen", .listenAddress, into: &listen)
        reader.read("public_url", .baseURL, into: &publicURL)
        reader.read("request_limit", .size(from: 1 << 10, to: 64 << 20), into: &requestLimitBytes)
        reader.read("memory_limit", .size(from: 1 << 20, to: 64 << 30), into: &memoryLimitBytes)
        reader.read("queue_limit", .whole(1...1_000_000_000), into: &queueLimit)
        reader.read("max_connections", .whole(1...1_000_000), into: &maxConnections)
        reader.read("max_connections_per_address", .whole(1...1_000_000), into: &maxConnectionsPerAddress)
        reader.read("request_timeout", .duration(from: .seconds(1), to: .seconds(3600)), into: &requestTimeout)
        reader.read("idle_timeout", .duration(from: .seconds(1), to: .seconds(3600)), into: &idleTimeout)
    }
}

extension Configuration.MM7Server {
    init(_ reader: ConfigurationReader) {
        reader.read("listen", .listenAddress, into: &listen)
        reader.read("body_limit", .size(from: 10_000, to: 256 << 20), into: &bodyLimitBytes)
        reader.read("memory_limit", .size(from: 1 << 20, to: 64 << 30), into: &memoryLimitBytes)
        reader.read("answer_timeout", .duration(from: .seconds(1), to: .seconds(300)), into: &answerTimeout)
        reader.read("unknown_recipients", .word(), into: &unknownRecipients)
        reader.read("unreadable", .word(), into: &unreadablePosts)
        reader.read("max_connections", .whole(1...1_000_000), into: &maxConnections)
        reader.read("max_connections_per_address", .whole(1...1_000_000), into: &maxConnectionsPerAddress)
        reader.read("request_timeout", .duration(from: .seconds(1), to: .seconds(3600)), into: &requestTimeout)
        reader.read("idle_timeout", .duration(from: .seconds(1), to: .seconds(3600)), into: &idleTimeout)
    }
}

extension Configuration.Operations {
    init(_ reader: ConfigurationReader) {
        reader.read("listen", .listenAddress, into: &listen)
    }
}

extension Configuration.Store {
    init(_ reader: ConfigurationReader) {
        reader.read("size_limit", .size(from: 1 << 20, to: 1 << 44), into: &sizeLimitBytes)
        reader.read("busy_timeout", .duration(from: .milliseconds(10), to: .seconds(20)), into: &busyTimeout)
    }
}

extension Configuration.Webhooks {
    init(_ reader: ConfigurationReader) {
        reader.read("first_delay", .duration(from: .milliseconds(10), to: .seconds(86400)), into: &firstDelay)
        reader.read("last_delay", .duration(from: .milliseconds(10), to: .seconds(30 * 86400)), into: &lastDelay)
        reader.read("timeout", .duration(from: .milliseconds(100), to: .seconds(600)), into: &timeout)
        reader.read("max_in_flight", .whole(1...10_000), into: &maxInFlight)
        reader.checkDelays(first: firstDelay, last: lastDelay)
    }
}

extension Configuration.Media {
    init(_ reader: ConfigurationReader) {
        reader.read("limit", .size(from: 1000, to: 100_000_000), into: &limitBytes)
        reader.read("timeout", .duration(from: .seconds(1), to: .seconds(600)), into: &timeout)
        reader.read("max_fetches", .whole(1...1000), into: &maxFetches)
        reader.read("memory_limit", .size(from: 10_000, to: 64 << 30), into: &memoryLimitBytes)
        if let memoryLimitBytes, memoryLimitBytes < limitBytes * Self.leastInMemory {
            reader.fault(
                at: reader.path.member("memory_limit"),
                "must be at least \(Self.leastInMemory) times media.limit, which is \(limitBytes) bytes")
        }
        reader.read("tries", .whole(1...100), into: &tries)
        reader.read("max_uploads", .whole(1...1000), into: &maxUploads)
        reader.read("upload_retry", .duration(from: .zero, to: .seconds(86400)), into: &uploadRetry)
        strict = reader.object("strict_validation", Configuration.Strict.init)
        hosting = reader.object("hosting", Configuration.Hosting.init)
        retention = reader.object("retention", MediaSweep.Retention.init)
        if hosting.linkLife > retention.age {
            reader.fault(
                at: reader.path.member("hosting").member("link_life"),
                "must not be longer than media.retention.age, which is \(retention.age.text)")
        }
    }
}

extension Configuration.Inbounds {
    init(_ reader: ConfigurationReader) {
        reader.read("retention", .duration(from: .seconds(86400), to: .seconds(3650 * 86400)), into: &retention)
    }
}

extension Configuration.Hosting {
    init(_ reader: ConfigurationReader) {
        reader.read("link_life", .duration(from: .seconds(1), to: .seconds(3650 * 86400)), into: &linkLife)
        keys = reader.list("keys", of: .linkKey)
    }
}

extension MediaSweep.Retention {
    fileprivate init(_ reader: ConfigurationReader) {
        self.init()
        reader.read("age", .duration(from: .seconds(3600), to: .seconds(3650 * 86400)), into: &age)
        reader.read("size", .size(from: 1_000_000, to: 1 << 50), into: &sizeBytes)
    }
}

extension Configuration.Submission {
    init(_ reader: ConfigurationReader) {
        reader.read("max_tries", .whole(1...10_000), into: &maxTries)
        reader.read("first_delay", .duration(from: .milliseconds(10), to: .seconds(86400)), into: &firstDelay)
        reader.read("last_delay", .duration(from: .milliseconds(10), to: .seconds(86400)), into: &lastDelay)
        reader.read("report_grace", .duration(from: .zero, to: .seconds(30 * 86400)), into: &reportGrace)
        reader.read("content_memory", .size(from: 1 << 20, to: 64 << 30), into: &contentMemoryBytes)
        reader.checkDelays(first: firstDelay, last: lastDelay)
    }
}

extension ConfigurationReader {
    fileprivate func checkDelays(first: Duration, last: Duration) {
        if last < first { fault("last_delay", "must not be shorter than first_delay, which is \(first.text)") }
    }
}
