import CurlHTTP
import Foundation
import HTTPServing
import NIOSSL
import Trust

/// The certificates of `Fixtures`.
enum TLSFixture {
    static func path(_ name: String) -> String {
        Bundle.module.path(forResource: name, ofType: "pem", inDirectory: "Fixtures") ?? name
    }

    static func settings(_ certificate: String = "server", key: String = "server-key") -> TLSSettings {
        var settings = TLSSettings(certificate: path(certificate), key: path(key))
        settings.offersHTTP2 = true
        return settings
    }

    static func identity(_ settings: TLSSettings = settings()) throws -> TLSIdentity {
        TLSIdentity(try TLSMaterial(settings))
    }

    /// A client that trusts the authority of the fixtures.
    static func client(
        protocols: [String] = [], from least: TLSVersion = .tlsv1, to most: TLSVersion? = nil, as client: String? = nil
    ) throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .file(path("authority"))
        configuration.applicationProtocols = protocols
        configuration.minimumTLSVersion = least
        configuration.maximumTLSVersion = most
        if let client {
            configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(path(client)).map { .certificate($0) }
            configuration.privateKey = .privateKey(try NIOSSLPrivateKey(file: path("client-key"), format: .pem))
        }
        return configuration
    }

    static func serial(_ certificate: String) throws -> [UInt8]? {
        try NIOSSLCertificate.fromPEMFile(path(certificate)).first?.serialNumber
    }

    /// A folder with copies of some fixtures, for the length of a test.
    static func withFolder(
        of files: [String: String], _ test: (_ folder: String) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for (name, fixture) in files { try put(fixture, as: name, in: folder) }
        try await test(folder)
    }

    /// Replaces a file as renewals do: by a new one that is moved to its place.
    static func put(_ fixture: String, as name: String, in folder: String) throws {
        let new = "\(folder)/.\(name)"
        try Data(contentsOf: URL(filePath: path(fixture))).write(to: URL(filePath: new))
        guard rename(new, "\(folder)/\(name)") == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}

/// Runs the body with a client that trusts the authority of the fixtures.
func withTrustingClient(_ body: (HTTPClient) async throws -> Void) async throws {
    var configuration = HTTPClient.Configuration()
    configuration.trust.authorityFile = TLSFixture.path("authority")
    let client = try HTTPClient(configuration)
    do {
        try await body(client)
        await client.shutdown()
    } catch {
        await client.shutdown()
        throw error
    }
}
