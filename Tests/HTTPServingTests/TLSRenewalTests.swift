import CurlHTTP
import Foundation
import Glibc
import HTTPServing
import NIOSSL
import Testing

@Suite("Certificates that are renewed", .timeLimit(.minutes(5)))
struct TLSRenewalTests {
    private static let names = ["tls.pem": "server", "key.pem": "server-key"]
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    private func hasNews(_ identity: TLSIdentity) async -> Bool { await identity.look(now: Self.now) != nil }

    private static func identity(in folder: String) throws -> TLSIdentity {
        TLSIdentity(try TLSMaterial(TLSSettings(certificate: "\(folder)/tls.pem", key: "\(folder)/key.pem")))
    }

    @Test("the next connection sees the new one, and an open one goes on")
    func open() async throws {
        let identity = try TLSFixture.identity()
        let (oldSerial, renewedSerial) = try (TLSFixture.serial("server"), TLSFixture.serial("renewed"))
        try await LiveServer.run(identity: identity) { port in
            try await RawConnection.open(to: port, by: try TLSFixture.client()) { old in
                try await old.send("GET /path/a HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = try await old.read(until: "[\"a\"]")

                let renewed = try TLSMaterial(TLSFixture.settings("renewed", key: "renewed-key"))
                #expect(identity.take(renewed, now: Self.now) == nil)

                try await RawConnection.open(to: port, by: try TLSFixture.client()) { new in
                    try await new.send("GET /path/c HTTP/1.1\r\nHost: a\r\n\r\n")
                    #expect(try await new.read(until: "[\"c\"]").hasPrefix("HTTP/1.1 200 OK"))
                    let shown = try await new.peerSerial()
                    #expect(shown == renewedSerial)
                }
                try await old.send("GET /path/b HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try await old.read(until: "[\"b\"]").hasPrefix("HTTP/1.1 200 OK"))
                let shown = try await old.peerSerial()
                #expect(shown == oldSerial)
            }
        }
    }

    @Test("files are read again when both have changed and then stayed as they are")
    func files() async throws {
        try await TLSFixture.withFolder(of: Self.names) { folder in
            let identity = try Self.identity(in: folder)
            #expect(await !hasNews(identity))

            try TLSFixture.put("renewed", as: "tls.pem", in: folder)
            #expect(await !hasNews(identity))
            try TLSFixture.put("renewed-key", as: "key.pem", in: folder)
            #expect(await !hasNews(identity))

            guard case .renewed(let material) = await identity.look(now: Self.now) else {
                Issue.record("they were not read")
                return
            }
            #expect(material.notAfter == Date(timeIntervalSince1970: 4_891_363_200))
            #expect(await !hasNews(identity))
        }
    }

    @Test("a link that leads elsewhere now is a change, as Kubernetes renews secrets")
    func links() async throws {
        try await TLSFixture.withFolder(of: [:]) { folder in
            let files = FileManager.default
            for (name, fixtures) in [("old", Self.names), ("new", ["tls.pem": "renewed", "key.pem": "renewed-key"])] {
                try files.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
                for (file, fixture) in fixtures { try TLSFixture.put(fixture, as: file, in: "\(folder)/\(name)") }
            }
            try files.createSymbolicLink(atPath: "\(folder)/data", withDestinationPath: "old")
            let identity = try Self.identity(in: "\(folder)/data")

            try files.createSymbolicLink(atPath: "\(folder)/next", withDestinationPath: "new")
            try #require(rename("\(folder)/next", "\(folder)/data") == 0)

            #expect(await !hasNews(identity))
            #expect(await hasNews(identity))
            #expect(identity.material?.notAfter == Date(timeIntervalSince1970: 4_891_363_200))
        }
    }

    @Test(
        "a bad one is not taken, and the reason names the file",
        arguments: [
            ("renewed", "server-key", "key FOLDER/key.pem does not match the first certificate in FOLDER/tls.pem"),
            (
                "server-key", "server-key",
                "certificate FOLDER/tls.pem has no certificate in PEM form, which begins with"
            ),
            ("expired", "server-key", "certificate FOLDER/tls.pem has expired on 2026-02-01T00:00:00Z"),
            ("future", "server-key", "certificate FOLDER/tls.pem is not valid before 2100-01-01T00:00:00Z"),
        ])
    func bad(certificate: String, key: String, reason: String) async throws {
        try await TLSFixture.withFolder(of: Self.names) { folder in
            let identity = try Self.identity(in: folder)
            let old = identity.material?.notAfter

            try TLSFixture.put(certificate, as: "tls.pem", in: folder)
            try TLSFixture.put(key, as: "key.pem", in: folder)
            _ = await identity.look(now: Self.now)

            guard case .refused(let text) = await identity.look(now: Self.now) else {
                Issue.record("it was taken")
                return
            }
            #expect(text.hasPrefix(reason.replacing("FOLDER", with: folder)))
            #expect(identity.material?.notAfter == old)
            // Once is enough.
            #expect(await !hasNews(identity))
        }
    }

    @Test("one that is not valid yet is taken when its time has come", arguments: [true, false])
    func early(byReload: Bool) async throws {
        try await TLSFixture.withFolder(of: Self.names) { folder in
            let identity = try Self.identity(in: folder)
            if byReload {
                #expect(identity.take(try TLSMaterial(TLSFixture.settings("future")), now: Self.now) != nil)
            } else {
                try TLSFixture.put("future", as: "tls.pem", in: folder)
                #expect(await !hasNews(identity))
                #expect(await hasNews(identity))
            }
            let time = Date(timeIntervalSince1970: 4_102_444_800)
            #expect(await identity.look(now: time - 1) == nil)

            guard case .renewed(let material) = await identity.look(now: time) else {
                Issue.record("it was not taken")
                return
            }
            #expect(material.notBefore == time)
            #expect(await identity.look(now: time) == nil)
        }
    }

    @Test("files that have changed and have the same in them are no news")
    func unchanged() async throws {
        try await TLSFixture.withFolder(of: Self.names) { folder in
            let identity = try Self.identity(in: folder)

            try #require(chmod("\(folder)/key.pem", 0o400) == 0)
            try TLSFixture.put("server", as: "tls.pem", in: folder)

            for _ in 0..<3 { #expect(await !hasNews(identity)) }
        }
    }

    @Test("one that has expired is taken in the place of one that has, as it is at the start")
    func expired() throws {
        let identity = try TLSFixture.identity(TLSFixture.settings("expired"))

        #expect(identity.take(try TLSMaterial(TLSFixture.settings("future")), now: Self.now) == nil)
        #expect(identity.take(try TLSMaterial(TLSFixture.settings("server")), now: Self.now) == nil)
        #expect(identity.take(try TLSMaterial(TLSFixture.settings("expired")), now: Self.now) != nil)
    }
}
