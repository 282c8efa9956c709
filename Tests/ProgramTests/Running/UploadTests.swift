import CurlHTTP
import Foundation
import TestPeers
import Testing

@Suite("Uploads of the built program", .timeLimit(.minutes(5)))
struct UploadProgramTests: ProgramTesting {
    @Test("kill -9 during an upload: the next start puts the same object, and then the customer is told")
    func killed() async throws {
        try await withFolder { folder in
            let customer = TestCustomer()
            let client = try HTTPClient()
            try await customer.serving { customerURL in
                let hanging = TestStorage(isHeld: true)
                let first = try await hanging.serving { url in
                    let program = try Program("serve", "--config", try configure(folder, customerURL, storage: url))
                    let port = try await ports(of: program).mm7
                    let delivery = Delivery(linkedID: "l1", pictures: [customer.picture])
                    #expect(try await delivery.post(to: port, by: client))
                    let put = try await hanging.next()
                    program.send(SIGKILL)
                    _ = try await program.exitCode()
                    return put
                }
                #expect(customer.seen.calls.isEmpty)

                let storage = TestStorage()
                try await storage.serving { url in
                    let program = try Program("serve", "--config", try configure(folder, customerURL, storage: url))
                    _ = try await ports(of: program)
                    let seen = try await customer.wait { $0.calls.count == 1 }

                    #expect(storage.puts.map(\.path) == [first.path])
                    #expect(storage.puts.first?.body == customer.picture)
                    #expect(try ToldInbound(seen.calls[0]).body.media.map(\.url) == [url + first.path])
                    program.send(SIGTERM)
                    #expect(try await program.exitCode() == 0)
                }
            }
            await client.shutdown()
        }
    }

    @Test("kill -9 while a storage is away: the next start finds it back, and the customer is told once, of the link")
    func killedInPause() async throws {
        try await withFolder { folder in
            let customer = TestCustomer()
            let storage = TestStorage()
            let client = try HTTPClient()
            try await customer.serving { customerURL in
                let away = try configure(folder, customerURL, storage: "http://127.0.0.1:1")
                let first = try Program("serve", "--config", away)
                let delivery = Delivery(linkedID: "l1", pictures: [customer.picture])
                #expect(try await delivery.post(to: try await ports(of: first).mm7, by: client))
                // After the quick tries, of six seconds.
                _ = try await first.line(with: "again_after_seconds=30")
                first.send(SIGKILL)
                _ = try await first.exitCode()
                #expect(customer.seen.calls.isEmpty)

                try await storage.serving { url in
                    let second = try Program("serve", "--config", try configure(folder, customerURL, storage: url))
                    try await expectTold(customer, of: storage, at: url, by: second)
                }
                #expect(customer.seen.calls.count == 1)
            }
            await client.shutdown()
        }
    }

    /// The one picture is in the bucket once, and the customer is told its link there; then the gateway stops.
    private func expectTold(
        _ customer: TestCustomer, of storage: TestStorage, at url: String, by gateway: Program
    ) async throws {
        _ = try await ports(of: gateway)
        let seen = try await customer.wait { $0.calls.count == 1 }
        #expect(storage.puts.map(\.body) == [customer.picture])
        #expect(try ToldInbound(seen.calls[0]).body.media.map(\.url) == storage.puts.map { url + $0.path })
        gateway.send(SIGTERM)
        #expect(try await gateway.exitCode() == 0)
    }

    @Test("what is released from quarantine goes into the bucket of its plan like what has just come")
    func released() async throws {
        try await withFolder { folder in
            let customer = TestCustomer()
            let storage = TestStorage()
            let client = try HTTPClient()
            try await customer.serving { customerURL in
                try await storage.serving { url in
                    let before = try configure(folder, customerURL, storage: url, numbers: "")
                    let first = try Program("serve", "--config", before)
                    let delivery = Delivery(linkedID: "l1", pictures: [customer.picture])
                    #expect(try await delivery.post(to: try await ports(of: first).mm7, by: client))
                    first.send(SIGTERM)
                    #expect(try await first.exitCode() == 0)

                    let path = try configure(folder, customerURL, storage: url)
                    let release = try Program("quarantine", "release", "--all", "--config", path)
                    #expect(try await release.exitCode() == 0)
                    let second = try Program("serve", "--config", path)
                    try await expectTold(customer, of: storage, at: url, by: second)
                }
            }
            await client.shutdown()
        }
    }

    @Test("a file that could not be uploaded has no link for the customer, and the operator finds it on the disk")
    func shown() async throws {
        try await withFolder { folder in
            let customer = TestCustomer()
            let storage = TestStorage()
            let client = try HTTPClient()
            try await customer.serving { customerURL in
                try await storage.serving { url in
                    let path = try configure(folder, customerURL, storage: url, bucket: "locked")
                    let program = try Program("serve", "--config", path)
                    let delivery = Delivery(linkedID: "l1", pictures: [customer.picture])
                    #expect(try await delivery.post(to: try await ports(of: program).mm7, by: client))
                    let told = try ToldInbound(try await customer.wait { $0.calls.count == 1 }.calls[0])

                    let show = try Program("show", told.id, "--config", path)
                    let text = await show.output()

                    #expect(try await show.exitCode() == 0)
                    #expect(told.body.media.map(\.url) == [nil] && told.body.media.map(\.code) == [3])
                    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("media ") })
                    #expect(line.contains("image/jpeg  my cake.jpg  ") && line.hasSuffix("  not uploaded: code 3"))
                    let hash = try #require(line.firstMatch(of: /[0-9a-f]{64}/)).output
                    let file = URL(filePath: "\(folder)/data/media/\(hash.prefix(2))/\(hash)")
                    #expect(try [UInt8](Data(contentsOf: file)) == customer.picture)
                    program.send(SIGTERM)
                    #expect(try await program.exitCode() == 0)
                }
            }
            await client.shutdown()
        }
    }

    private func configure(
        _ folder: String, _ customerURL: String, storage url: String, bucket: String = "media",
        numbers: String = #""12025550100""#
    ) throws -> String {
        let plan = """
            {id: "shop", api_tokens: ["t"], numbers: [\(numbers)], callback_url: "\(customerURL)/webhook",
             storage: {endpoint: "\(url)", region: "eu-1", bucket: "\(bucket)", access_key_id: "AKID",
             secret_access_key: "hush"}}
            """
        let path = try configure(folder, plans: [])
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try text.replacingOccurrences(of: "service_plans: []", with: "service_plans: [\(plan)]")
            .replacingOccurrences(of: "mm7: {", with: "mm7: {unknown_recipients: \"quarantine\", ")
            .write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }
}
