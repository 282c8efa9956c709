import ArgumentParser
import Bench
import Glibc

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measures how fast messages go the whole way on this machine, and at what cost.",
        discussion:
            "The MMSC is a second process on the same processors. Figures mean something in release builds only.")

    @Option(help: "How many messages, posts or calls. (default: what each measurement needs; of --life 5000)")
    var messages: Int?

    @Option(help: "The size of the picture in bytes. (default: 30000)")
    var picture: Int?

    @Option(help: "Exchanges in flight. (default: 32)")
    var inFlight: Int?

    @Option(help: "Clients that call the REST API at once. (default: 32)")
    var clients: Int?

    @Option(help: "Messages a second of the simulated time, for --retention.")
    var rate = 0.2

    @Flag(help: "What is measured; without any of these flags, all but life, backlog and retention.")
    var parts: [Part] = []

    @OptionGroup(title: "For --life and --line")
    var store: BenchStoreOptions

    @OptionGroup(title: "For --life")
    var life: LifeOptions

    enum Part: String, EnumerableFlag {
        /// Messages the whole way, as fast as it goes.
        case line
        /// Messages through their whole life.
        case life
        /// Messages to an MMSC that takes 50 ms for an answer, with 64 exchanges in flight.
        case pace
        /// Batches of one message each, from a media server that takes 100 ms for each file.
        case media
        /// The REST API alone.
        case api
        /// The Conversation API alone, and its callbacks.
        case conversation
        /// Delivery reports of an MMSC.
        case reports
        /// Messages from handsets.
        case inbound
        /// A start with 1,000,000 messages in the queue.
        case backlog
        /// A month of messages of which a week is kept.
        case retention

        static func help(for value: Part) -> ArgumentHelp? {
            switch value {
            case .line: "Messages the whole way."
            case .life: "Messages through their whole life, the customer told; each peer is a process of its own."
            case .pace: "Messages to an MMSC that takes 50 ms for an answer, 64 exchanges in flight."
            case .media: "Batches of one message each; their media server takes 100 ms for a file."
            case .api: "The REST API alone."
            case .conversation: "The Conversation API alone, and its callbacks."
            case .reports: "Delivery reports that an MMSC posts."
            case .inbound: "Messages from handsets that an MMSC posts, and large ones at once."
            case .backlog: "A start with 1,000,000 messages in the queue; takes a minute."
            case .retention:
                "Whether the database stops growing: a month at --rate messages a second by a clock of its own, of which a week is kept; takes some minutes."
            }
        }
    }

    func validate() throws {
        guard store.kind == .postgresql else {
            guard life.replicas ?? 1 == 1, !life.heldTransaction else {
                throw ValidationError("--replicas and --held-transaction are for --store postgresql")
            }
            return
        }
        if let other = parts.first(where: { ![.life, .line].contains($0) }) {
            throw ValidationError("--store postgresql is for --life and --line, not for --\(other.rawValue)")
        }
        if life.stored != nil { throw ValidationError("--stored fills a store of SQLite, not of PostgreSQL") }
    }

    /// What is measured where nothing is named.
    private var usualParts: [Part] {
        store.kind == .postgresql ? [.line] : [.line, .pace, .media, .api, .conversation, .reports, .inbound]
    }

    func run() async throws {
        Leftovers.areRemovedAtSignals()
        let parts = parts.isEmpty ? usualParts : parts
        let measures = Measures(
            messages: messages, pictureBytes: picture ?? 30_000, inFlight: inFlight ?? 32,
            clients: clients ?? 32, store: store.value)
        // In the order of the cases, each line printed as soon as it is known.
        for part in Part.allCases where parts.contains(part) {
            let text = try await part == .life ? measureLife() : part.measure(measures, rate: rate)
            if let text { say(text) }
        }
    }

    private func measureLife() async throws -> String? {
        let orders = life.orders(messages: messages, picture: picture, inFlight: inFlight, clients: clients)
        return try await Measures.life(
            orders, on: store.value, withReports: orders.count > 1 && store.kind == .sqlite, isJSON: life.json
        ) { say($0) }
    }
}

extension BenchCommand.Part {
    fileprivate func measure(_ measures: Measures, rate: Double) async throws -> String? {
        switch self {
        // It has options of its own.
        case .life: nil
        case .line: try await measures.line()
        case .pace: try await measures.pace()
        case .media: try await measures.media()
        case .api: try await measures.api()
        case .conversation: try await measures.conversation()
        case .reports: try await measures.reports()
        case .inbound: try await measures.inbound()
        case .backlog: try await measures.backlog()
        case .retention: try await measures.retention(rate: rate) { say($0) }
        }
    }
}

/// Prints a line that is seen at once, into a pipe or a file too.
private func say(_ line: String) {
    print(line)
    fflush(nil)
}
