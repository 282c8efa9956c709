import FoundationEssentials
import Glibc

/// What a process of its own does in a measurement of the whole life of messages. It is handed over as JSON.
package enum PeerTask: Codable {
    case mmsc(MMSC)
    case media(pictureBytes: Int, delay: Double)
    /// A receiver of webhooks, or of anything else that is content with such an answer.
    case receiver(status: String, body: String)
    case load(LoadTask)
    case floor(FloorTask)

    package struct MMSC: Codable {
        /// The time that it takes for an answer, and that from the answer to the report, in seconds.
        var delay: Double
        var reportDelay: Double
        /// The port at which it reports, and over how many connections at most.
        var reportPort: Int
        var reportConnections: Int
    }

    /// Does it. A server prints its port and goes on until the process is ended; the others print what came of it.
    package static func run(_ text: String) throws {
        let task = try JSONDecoder().decode(PeerTask.self, from: Data(text.utf8))
        switch task {
        case .mmsc(let settings):
            let reports = ReportPosts(
                port: settings.reportPort,
                template: try .report(
                    path: "/mm7/" + LifeGateway.mmsc, prefix: "1", placeholder: "9090909090"),
                connections: settings.reportConnections, delay: .seconds(settings.reportDelay))
            let mmsc = try MMSCPeer(delay: .seconds(settings.delay), reports: reports)
            try serve(mmsc) { now, loop in try mmsc.doDue(now: now, in: loop) }
        case .media(let pictureBytes, let delay):
            let media = MediaPeer(pictureBytes: pictureBytes, delay: .seconds(delay))
            try serve(media) { now, _ in media.doDue(now: now) }
        case .receiver(let status, let body):
            try serve(WebhookPeer(status: status, body: body)) { _, _ in nil }
        case .load(let load): say(try load.run())
        case .floor(let floor): say(try floor.run())
        }
    }

    private static func serve(
        _ role: any PeerRole, _ doDue: @escaping (MonotonicTime, SocketLoop) throws -> MonotonicTime?
    ) throws {
        let (socket, port) = try Loopback.silentServer()
        let loop = SocketLoop()
        loop.add(PeerListener(socket: socket, role: role))
        loop.doDue = { [unowned loop] now in try doDue(now, loop) }
        say("\(port)")
        try loop.run()
    }

    private static func say(_ line: String) {
        print(line)
        fflush(nil)
    }
}
