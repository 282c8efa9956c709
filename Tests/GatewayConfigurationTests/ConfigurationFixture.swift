import ConfigurationReading
import FoundationEssentials

@testable import GatewayConfiguration

/// A world of files and variables in which a configuration is read.
struct ConfigurationFixture {
    var files: [String: String] = [:]
    var environment: [String: String] = [:]

    static let path = "/etc/gateway/gateway.json"

    /// The sample of the repository, as it stands or with every key that is off switched on.
    static func sample(everyKey: Bool = false) throws -> ConfigurationFixture {
        let text = try String(decoding: Self.contents(of: "etc/mm7-gateway.json"), as: UTF8.self)
        let credentials = try String(decoding: Self.contents(of: "etc/channel_credentials.json"), as: UTF8.self)
        return ConfigurationFixture(
            files: [
                path: everyKey ? switchedOn(text).replacing("http://mock-mmsc", with: "https://mock-mmsc") : text,
                "/etc/gateway/channel_credentials.json": credentials,
                "/etc/gateway/tls/server.pem": try certificate("server"),
                "/etc/gateway/tls/server-key.pem": try certificate("server-key"),
                "/etc/gateway/tls/clients.pem": try certificate("clients"),
                "/run/secrets/key1": "secret-of-key1\n",
                "/run/secrets/hook": "secret-of-hook\n",
                "/run/secrets/operations": "secret-of-operations\n",
                "/run/secrets/mmsc": "secret-of-mmsc\n",
                "/run/secrets/mmsc-callback": "secret-of-callback\n",
                "/etc/gateway/tls/ca.pem": try pem("authority"),
                "/etc/gateway/tls/operator-ca.pem": try pem("authority"),
                "/etc/gateway/tls/storage-ca.pem": try pem("authority"),
                "/etc/gateway/tls/client.pem": try pem("client"),
                "/etc/gateway/tls/client-key.pem": try pem("client-key-encrypted"),
            ],
            environment: [
                "PLAN1_TOKEN": "secret-token", "PLAN1_SECRET": "secret-of-plan",
                "PLAN1_STORAGE_KEY": "secret-storage-key", "WEBHOOK_SECRET": "secret-of-webhook",
                "MEDIA_STORAGE_KEY": "secret-media-storage-key",
                "CLIENT_KEY_PASSPHRASE": "open sesame", "VASPID": "secret-vaspid", "HOOK_KEY": "secret-hook-key",
                "APP_SECRET": "secret-of-app", "COLLECTOR_KEY": "secret-collector-key",
                "WEBHOOK_CLIENT_SECRET": "secret-of-client", "SEAL_KEY": "secret-seal-key-of-thirty-two-characters",
                "MEDIA_KEY": "secret-media-key-of-thirty-two-characters",
            ])
    }

    /// A certificate or key of the tests of HTTP, which made it.
    static func pem(_ name: String) throws -> String {
        String(decoding: try contents(of: "Tests/CurlHTTPTests/Fixtures/\(name).pem"), as: UTF8.self)
    }

    /// One of the certificates that were made for the tests of the listeners.
    static func certificate(_ name: String) throws -> String {
        String(decoding: try contents(of: "Tests/HTTPServingTests/Fixtures/\(name).pem"), as: UTF8.self)
    }

    /// A file of the repository.
    static func contents(of path: String) throws -> Data {
        try Data(contentsOf: root.appending(path: path))
    }

    static var root: URL {
        (0..<3).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    }

    /// One MMSC and one route, with more members before them.
    init(_ members: String = "", environment: [String: String] = [:]) {
        self.init(
            whole: """
                {\(members)
                 mmscs: [{name: "north", url: "http://mmsc/mm7"}], routes: [{prefix: "", mmscs: ["north"]}]}
                """,
            environment: environment)
    }

    init(whole text: String, environment: [String: String] = [:]) {
        self.init(files: [Self.path: text], environment: environment)
    }

    private init(files: [String: String], environment: [String: String]) {
        self.files = files
        self.environment = environment
    }

    func load(for purpose: ReadingSession.Purpose = .serving) throws(ConfigurationFaults) -> Configuration {
        try Configuration.load(path: Self.path, for: purpose, environment: { environment[$0] }, readFile: read)
    }

    /// The configuration as far as it can be read.
    func read(for purpose: ReadingSession.Purpose = .serving) -> (Configuration, ReadingSession) {
        Configuration.read(path: Self.path, for: purpose, environment: { environment[$0] }, readFile: read)
    }

    /// The faults, one a line each.
    func faults() -> [String] {
        Configuration.read(path: Self.path, environment: { environment[$0] }, readFile: read).1.faults
            .map(\.description)
    }

    /// Every key the reader asks for.
    func keysAsked() -> Set<String> {
        Configuration.read(path: Self.path, environment: { environment[$0] }, readFile: read).1.keysAsked
    }

    private func read(_ path: String) throws -> Data {
        guard let text = files[path] else { throw CocoaError(.fileReadNoSuchFile) }
        return Data(text.utf8)
    }

    /// A key that excludes another one of the sample, and stays off.
    static let alternative = "shared_directory"

    /// Comments that begin without a blank hold a key.
    private static func switchedOn(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let content = line.drop { $0 == " " }
            let isOff = content.hasPrefix("//") && !content.hasPrefix("// ") && content != "//"
            return isOff && !content.hasPrefix("//\(alternative)") ? content.dropFirst(2) : line
        }.joined(separator: "\n")
    }
}
