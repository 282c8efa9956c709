import FoundationEssentials
import GatewayCore

/// A gateway whose messages are measured, alone in a process of its own.
struct LifeGateway {
    let process: ChildProcess
    /// Where customers call it.
    let port: Int

    static let plan = "bench"
    static let token = "bench-token"
    static let mmsc = FilledStore.mmsc

    /// - Parameters:
    ///   - mm7Port: where the MMSC posts.
    ///   - mmscPort: where the gateway posts to the MMSC.
    ///   - database: where its messages are; nil for one in the data directory.
    init(
        dataDirectory: String, mm7Port: Int, mmscPort: Int, inFlight: Int, database: BenchDatabase?
    ) async throws {
        port = try Loopback.freePort()
        let path = dataDirectory + "/bench.json"
        let store = try database.map { try JSONEncoder().encode(["postgresql": $0.address.reveal()]) }
        let text = """
            {
              server: {listen: "127.0.0.1:\(port)"}, mm7: {listen: "127.0.0.1:\(mm7Port)"},
              operations: {listen: "127.0.0.1:0"},
              data_directory: "\(dataDirectory)", store: \(String(decoding: store ?? Data("{}".utf8), as: UTF8.self)),
              service_plans: [{id: "\(Self.plan)", api_tokens: ["\(Self.token)"]}],
              mmscs: [{
                name: "\(Self.mmsc)", url: "http://127.0.0.1:\(mmscPort)/mm7", vaspid: "bench-vasp",
                max_in_flight: \(inFlight),
              }],
              routes: [{prefix: "", mmscs: ["\(Self.mmsc)"]}],
              egress: {allow: ["127.0.0.0/8"]},
              shutdown: {drain: "1s"},
              log: {level: "error"},
            }
            """
        // The address of a server may have a password.
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else { throw BenchFailure("\(path) could not be written") }
        process = try ChildProcess(["serve", "--config", path])
        do {
            try await Loopback.wait(for: port)
            try await Loopback.wait(for: mm7Port)
        } catch {
            _ = process.stop()
            throw error
        }
    }
}
