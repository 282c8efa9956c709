import FoundationEssentials
import GatewayCore
import Glibc
import MM7
import SQLStore
import SQLiteStore

/// How fast the gateway takes what MMSCs post, each post answered after it is on the disk. The gateway is a process of
/// its own; the posts come from this one.
struct IntakeBench: Sendable {
    let connections: Int
    let pictureBytes: Int
    let dataDirectory: String

    /// How many give figures that repeat.
    static let usualReports = 30_000
    static let usualInbounds = 6_000
    /// How many posts come before the measurement begins, at most as many as are measured.
    private static let warmUp = 1_000
    private static let number = "55512"
    static let largeConnections = 16
    private static let largeBytes = 10_000_000

    struct Figures: Sendable {
        var latencies: Latencies
        /// The gateway's time on the processors, user and system.
        var processorTime: Duration
        /// The memory of the gateway at its highest.
        var residentBytes: Int
    }

    /// The additional memory of the gateway for each connection that posted a large message.
    struct MemoryFigures: Sendable {
        var binaryBytes: Int
        var base64Bytes: Int
    }

    /// Final reports on messages that the MMSC has, each the first on its message: state and event are written.
    func reports(_ count: Int) async throws -> Figures {
        let customer = try Loopback.silentServer()
        defer { close(customer.socket) }
        let filled = try await FilledStore(dataDirectory: dataDirectory)
        let batches = try await filled.add(
            min(Self.warmUp, count) + count, pictureBytes: pictureBytes, interest: .final,
            callbackURL: "http://127.0.0.1:\(customer.port)/")
        try await filled.submitAll()
        await filled.store.close()
        let gateway = try await Subject(dataDirectory: dataDirectory, customerPort: customer.port, number: Self.number)
        let figures = try measure(gateway, .report(path: Subject.path), count: count)
        gateway.stop()
        try await expectDelivered(batches)
        return figures
    }

    /// Messages from handsets, each with a picture of its own; then large ones.
    func inbound(_ count: Int) async throws -> (Figures, MemoryFigures) {
        let customer = try Loopback.silentServer()
        defer { close(customer.socket) }
        let gateway = try await Subject(dataDirectory: dataDirectory, customerPort: customer.port, number: Self.number)
        let template = try PostTemplate.inbound(
            path: Subject.path, to: Self.number, pictureBytes: pictureBytes)
        let figures = try measure(gateway, template, count: count)
        let memory = MemoryFigures(
            binaryBytes: try memory(gateway, .binary, number: 1_000_000),
            base64Bytes: try memory(gateway, .base64, number: 2_000_000))
        gateway.stop()
        return (figures, memory)
    }

    private func measure(_ gateway: Subject, _ template: PostTemplate, count: Int) throws -> Figures {
        let load = PostLoad(port: gateway.port, template: template)
        let warmUp = min(Self.warmUp, count)
        _ = try load.run(0..<warmUp, connections: connections)
        let before = gateway.process.processorTime
        let latencies = try load.run(warmUp..<warmUp + count, connections: connections)
        return Figures(
            latencies: latencies, processorTime: gateway.process.processorTime - before,
            residentBytes: gateway.process.peakResidentBytes)
    }

    private func memory(_ gateway: Subject, _ encoding: Profile.TransferEncoding, number: Int) throws -> Int {
        let template = try PostTemplate.inbound(
            path: Subject.path, to: Self.number,
            pictureBytes: encoding == .base64 ? Self.largeBytes / 78 * 57 : Self.largeBytes, encoding: encoding)
        gateway.process.forgetPeak()
        let before = gateway.process.peakResidentBytes
        _ = try PostLoad(port: gateway.port, template: template).run(
            number..<number + Self.largeConnections, connections: Self.largeConnections)
        return (gateway.process.peakResidentBytes - before) / Self.largeConnections
    }

    /// An answer of 1000 would also be given for a report that is held.
    private func expectDelivered(_ batches: [Batch.ID]) async throws {
        let store = try await FilledStore(dataDirectory: dataDirectory).store
        for batch in batches {
            let tallies = try await store.tallies(of: batch, withRecipients: false)
            guard tallies.allSatisfy({ $0.state == .delivered }) else {
                throw BenchFailure("a message was not delivered")
            }
        }
        await store.close()
    }
}

/// The gateway that is measured.
private struct Subject {
    let process: ChildProcess
    let port: Int

    static let path = "/mm7/" + FilledStore.mmsc

    /// - Parameters:
    ///   - customerPort: the port at which the customer is called.
    ///   - number: the customer's number.
    init(dataDirectory: String, customerPort: Int, number: String) async throws {
        port = try Loopback.freePort()
        let path = dataDirectory + "/bench.json"
        let text = """
            {
              server: {listen: "127.0.0.1:0"}, operations: {listen: "127.0.0.1:0"},
              mm7: {listen: "127.0.0.1:\(port)"},
              data_directory: "\(dataDirectory)",
              service_plans: [{
                id: "bench", api_tokens: ["bench-token"], default_originator: "12025550100", numbers: ["\(number)"],
                callback_url: "http://127.0.0.1:\(customerPort)/",
              }],
              mmscs: [{name: "\(FilledStore.mmsc)", url: "http://127.0.0.1:9/", vaspid: "bench-vasp"}],
              routes: [{prefix: "", mmscs: ["\(FilledStore.mmsc)"]}],
              egress: {allow: ["127.0.0.0/8"]},
              shutdown: {drain: "1s"},
              log: {level: "error"},
            }
            """
        try Data(text.utf8).write(to: URL(filePath: path))
        process = try ChildProcess(["serve", "--config", path])
        try await Loopback.wait(for: port)
    }

    func stop() { _ = process.stop() }
}
