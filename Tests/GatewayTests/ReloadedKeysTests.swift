import Foundation
import GatewayConfiguration
import GatewayCore
import HTTPServing
import Logging
import Logs
import MM7Endpoint
import Operations
import Testing
import Trust

@testable import Gateway

/// A key that changes at once has its line here, with a value for it and what runs by that afterwards.
@Suite("What a reload changes at once")
struct ReloadedKeysTests {
    private struct Key: Sendable, CustomTestStringConvertible {
        let name: String
        /// The member of the file, without the comma behind it.
        let member: String
        let isInForce: @Sendable (Gateway) async -> Bool

        var testDescription: String { name }
    }

    private static let tls = #"tls: {certificate: "server.pem", key: "server-key.pem"}"#

    private static let keys: [Key] = [
        Key(name: "channel_credentials", member: #"channel_credentials: "accounts.json""#) {
            $0.directory.now.mmscs["north"]?.vaspID == "key-of-A1"
        },
        Key(name: "egress", member: #"egress: {allow: ["10.0.0.0/8"]}"#) { $0.live.egress.count == 1 },
        Key(name: "log.access", member: #"log: {access: true}"#) { $0.live.log.access },
        Key(name: "log.format", member: #"log: {format: "json"}"#) { $0.live.log.format == .json },
        Key(name: "log.level", member: #"log: {level: "trace"}"#) { $0.live.log.level == .trace },
        Key(name: "media.tls", member: #"media: {tls: {minimum_version: "1.3"}}"#) {
            $0.live.mediaTrust.minimumVersion == .tls13
        },
        Key(name: "tls", member: #"tls: {minimum_version: "1.3"}"#) {
            $0.live.mediaTrust.minimumVersion == .tls13
                && $0.directory.now.mmscs["north"]?.trust?.minimumVersion == .tls13
        },
        Key(name: "webhooks.tls", member: #"webhooks: {tls: {minimum_version: "1.3"}}"#) {
            $0.live.webhookTrust.minimumVersion == .tls13
        },
        Key(name: "mm7.unknown_recipients", member: #"mm7: {unknown_recipients: "quarantine"}"#) {
            $0.live.unknownRecipients == .quarantine
        },
        Key(name: "mm7.tls", member: "mm7: {\(tls)}") { $0.live.certificates.mm7.material != nil },
        Key(name: "mmscs", member: #"mmscs: [{name: "south", url: "http://south.example/"}]"#) {
            $0.directory.now.mmscs["south"] != nil
        },
        Key(name: "operations.tls", member: "operations: {\(tls)}") { $0.live.certificates.operations.material != nil },
        Key(
            name: "operations.users", member: #"operations: {users: [{username: "u", password: "p"}]}"#
        ) {
            !$0.live.operationsAccess.permits(Authorization(nil), path: "/metrics")
        },
        Key(
            name: "operations.probes",
            member: #"operations: {probes: "protected", users: [{username: "u", password: "p"}]}"#
        ) {
            !$0.live.operationsAccess.permits(Authorization(nil), path: "/healthz")
        },
        Key(
            name: "projects",
            member: #"projects: [{id: "p", access_keys: [{id: "k", secret: "s"}], apps: [{id: "a"}]}]"#
        ) {
            $0.directory.now.projects["p"] != nil
        },
        Key(name: "routes", member: #"routes: [{prefix: "1", mmscs: ["north"]}]"#) {
            $0.directory.now.routes.carriers(for: MSISDN(storedDigits: "447700900001")) == nil
        },
        Key(name: "server.tls", member: "server: {\(tls)}") { $0.live.certificates.server.material != nil },
        Key(name: "service_plans", member: #"service_plans: [{id: "plan1", api_tokens: ["token"]}]"#) {
            $0.directory.now.servicePlans["plan1"] != nil
        },
        Key(name: "store.size_limit", member: #"store: {size_limit: "1GiB"}"#) { gateway in
            for await limit in gateway.live.sizeLimit.limits { return limit == 1 << 30 }
            return false
        },
    ]

    /// One of the certificates that were made for the tests of the listeners.
    private static func certificate(_ name: String) throws -> Data {
        let tests = (0..<2).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        return try Data(contentsOf: tests.appending(path: "HTTPServingTests/Fixtures/\(name)"))
    }

    /// A configuration in which one member is as given and all else that has to be there as usual.
    private func configuration(with member: String = "") throws -> Configuration {
        let name = member.prefix { $0 != ":" }
        var members = [
            "mmscs": #"mmscs: [{name: "north", url: "http://north.example/", ACCOUNT}]"#,
            "routes": #"routes: [{prefix: "", mmscs: ["north"]}]"#,
        ]
        if name == "mmscs" { members["routes"] = #"routes: [{prefix: "", mmscs: ["south"]}]"# }
        members[String(name)] = member.isEmpty ? nil : member
        let account = name == "channel_credentials" ? #"account: "A1""# : ""
        let text = "{" + members.values.joined(separator: ",").replacing("ACCOUNT", with: account) + "}"
        let accounts = """
            {channel_credentials: [{channel: "MMS", credential_ordinal_number: 0,
             mms_credentials: {account_id: "A1", api_key: "key-of-A1"}}]}
            """
        let read = { (path: String) in
            if path.hasSuffix(".pem") { return try Self.certificate(path) }
            return Data((path.hasSuffix("accounts.json") ? accounts : text).utf8)
        }
        return try Configuration.load(path: "gateway.json", environment: { _ in nil }, readFile: read)
    }

    @Test("is what the configuration reads so, and no more")
    func complete() throws {
        #expect(Set(Self.keys.map(\.name)) == (try configuration().changedAtOnce))
    }

    @Test("is in force after it, and was not before", arguments: keys)
    private func reloaded(key: Key) async throws {
        let new = try configuration(with: key.member)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let gateway = Gateway(try configuration(), logger: logger)
        // Nothing was set yet, so that there would be nothing to read.
        if key.name != "store.size_limit" { #expect(await !key.isInForce(gateway)) }

        Reload(gateway: gateway, path: "", logger: logger).take(new)

        #expect(await key.isInForce(gateway))
        #expect(new.keysWaitingForRestart(after: gateway.configuration) == [])
    }
}
