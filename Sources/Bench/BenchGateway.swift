import FoundationEssentials

/// A gateway in a process of its own that serves one app, and nothing that it sends leaves the machine.
struct BenchGateway {
    let process: ChildProcess
    /// Where customers call it.
    let port: Int
    /// Where the Batch API is.
    let batchPort: Int

    static let project = "bench"
    static let app = "01HZX3Q7M2K9V4T8R6B1N5C0DE"
    /// The header of a call in the name of the project.
    static let authorization = "Authorization: Basic " + Data("key:secret".utf8).base64EncodedString()

    /// - Parameters:
    ///   - sink: the port at which the app's webhook is called.
    ///   - callsPerSecond: how many calls the webhook gets.
    init(dataDirectory: String, sink: Int, callsPerSecond: Int) async throws {
        (port, batchPort) = (try Loopback.freePort(), try Loopback.freePort())
        let path = dataDirectory + "/bench.json"
        // The MMSC takes nothing, so that messages wait and the figures are those of the API alone.
        let text = """
            {
              server: {listen: "127.0.0.1:\(port)", batch_listen: "127.0.0.1:\(batchPort)"},
              operations: {listen: "127.0.0.1:0"}, mm7: {listen: "127.0.0.1:0"},
              data_directory: "\(dataDirectory)",
              channel_credentials: "bench-credentials.json",
              projects: [{
                id: "\(Self.project)", access_keys: [{id: "key", secret: "secret"}],
                apps: [{
                  id: "\(Self.app)", account: "A1",
                  webhooks: [{target: "http://127.0.0.1:\(sink)/", triggers: ["MESSAGE_DELIVERY"]}],
                }],
              }],
              mmscs: [{name: "bench", url: "http://127.0.0.1:9/", vaspid: "bench-vasp", draining: true}],
              routes: [{prefix: "", mmscs: ["bench"]}],
              conversation: {webhook_calls_per_second: \(callsPerSecond)},
              egress: {allow: ["127.0.0.0/8"]},
              shutdown: {drain: "1s"},
              log: {level: "error"},
            }
            """
        let credentials = """
            {channel_credentials: [{channel: "MMS", mms_credentials: {account_id: "A1", api_key: "bench-vasp"}}]}
            """
        try Data(credentials.utf8).write(to: URL(filePath: dataDirectory + "/bench-credentials.json"))
        try Data(text.utf8).write(to: URL(filePath: path))
        process = try ChildProcess(["serve", "--config", path])
        try await Loopback.wait(for: port)
    }

    func stop() { _ = process.stop() }
}
