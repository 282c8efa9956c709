import CurlHTTP
import Foundation
import Glibc
import TestPeers
import Testing
import Trust

@Suite("The program with TLS", .timeLimit(.minutes(5)))
struct TLSProgramTests: ProgramTesting {
    private static let fixtures = (0..<3).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        .appending(path: "HTTPServingTests/Fixtures")

    private static let warning = "A certificate has expired"

    /// Puts a certificate and its key in the folder.
    private func put(_ certificate: String, _ key: String, in folder: String) throws {
        for (fixture, name) in [(certificate, "tls.pem"), (key, "key.pem")] {
            try Data(contentsOf: Self.fixtures.appending(path: "\(fixture).pem"))
                .write(to: URL(filePath: "\(folder)/\(name)"), options: .atomic)
        }
    }

    /// A configuration whose three servers speak TLS.
    private func configureTLS(_ folder: String, _ ports: (Int, Int) = (0, 0), more: String = "") throws -> String {
        let path = try configure(folder, serverPort: ports.0, operationsPort: ports.1)
        let tls = #"tls: {certificate: "tls.pem", key: "key.pem"\#(more)}"#
        var text = try String(contentsOfFile: path, encoding: .utf8)
        text = text.replacing("listen: \"127.0.0.1:\(ports.0)\"", with: "listen: \"127.0.0.1:\(ports.0)\", \(tls)")
        if ports.0 != ports.1 {
            text = text.replacing("listen: \"127.0.0.1:\(ports.1)\"", with: "listen: \"127.0.0.1:\(ports.1)\", \(tls)")
        }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private func get(_ url: String) async throws -> Int {
        var configuration = HTTPClient.Configuration()
        configuration.trust.authorityFile = Self.fixtures.appending(path: "authority.pem").path
        let client = try HTTPClient(configuration)
        let status = try await client.send(HTTPRequest(method: .get, url: url)).status
        await client.shutdown()
        return status
    }

    @Test("serves, is found by its own commands whatever its certificate says, and takes a new one at SIGHUP")
    func serves() async throws {
        try await withFolder { folder in
            try put("server", "server-key", in: folder)
            let serving = try Program("serve", "--config", try configureTLS(folder))
            let ports = try await ports(of: serving)

            let result = try await get("https://localhost:\(ports.operations)/healthz")
            #expect(result == 200)
            let secondResult = try await get("https://localhost:\(ports.customers)/xms/v1/plan1/batches")
            #expect(secondResult == 401)
            let thirdResult = try await get("https://localhost:\(ports.mm7)/mm7/north")
            #expect(thirdResult == 405)
            let path = try configureTLS(folder, (ports.customers, ports.operations))
            let fourthResult = try await run(["healthcheck", "--config", path]).code
            #expect(fourthResult == 0)
            let fifthResult = try await run(["status", "--config", path]).output.contains("does not answer")
            #expect(fifthResult == false)

            try put("expired", "server-key", in: folder)
            serving.send(SIGHUP)
            #expect(try await serving.line(with: "the old one goes on").contains("has expired on 2026-02-01"))
            _ = try await serving.line(with: "The configuration was read again")
            try put("renewed", "renewed-key", in: folder)
            serving.send(SIGHUP)
            _ = try await serving.line(with: "The configuration was read again")
            let sixthResult = try await get("https://localhost:\(ports.operations)/healthz")
            #expect(sixthResult == 200)
            let seventhResult = try await run(["status", "--config", path]).output.contains("does not answer")
            #expect(seventhResult == false)
            try await stop(serving)
        }
    }

    @Test("with an expired certificate starts, warns and is still healthy")
    func expired() async throws {
        try await withFolder { folder in
            try put("expired", "server-key", in: folder)
            let serving = try Program("serve", "--config", try configureTLS(folder))
            // It is said beside the start of the listeners, before their line or after it.
            let ports = try await ports(of: serving)
            if !serving.printed.contains(where: { $0.contains(Self.warning) }) {
                _ = try await serving.line(with: Self.warning)
            }
            let path = try configureTLS(folder, (ports.customers, ports.operations))
            let result = try await run(["healthcheck", "--config", path]).code
            #expect(result == 0)
            #expect(try await run(["check-config", "--config", path]).output.contains("has expired on 2026-02-01"))
            try await stop(serving)
        }
    }

    @Test("is called by its own commands with the client certificates that its servers ask for, and is not without")
    func asksForCertificates() async throws {
        try await withFolder { folder in
            try put("server", "server-key", in: folder)
            for name in ["clients", "client", "client-key", "stranger"] {
                try Data(contentsOf: Self.fixtures.appending(path: "\(name).pem"))
                    .write(to: URL(filePath: "\(folder)/\(name).pem"))
            }
            let more = #", client_ca: "clients.pem", client_certificates: "required""#
            let serving = try Program("serve", "--config", try configureTLS(folder, more: more))
            let ports = try await ports(of: serving)
            let path = try configureTLS(folder, (ports.customers, ports.operations), more: more)
            func identity(_ name: String) -> [String] {
                ["--certificate", "\(folder)/\(name).pem", "--key", "\(folder)/client-key.pem"]
            }
            let commands = [
                ["healthcheck", "--config", path],
                [
                    "send", "--config", path, "--plan", "plan1", "--to", "15550100001", "--media",
                    "http://127.0.0.1:1/picture.jpg",
                ],
            ]

            for command in commands {
                let known = try await run(command + identity("client"))
                #expect(known.code == 0, "\(known.output)")
                for other in [[], identity("stranger")] {
                    let refused = try await run(command + other)
                    #expect(refused.code == 1, "\(command)")
                    #expect(refused.output.contains("with --certificate and --key"), "\(refused.output)")
                }
                #expect(try await run(command + ["--key", "\(folder)/client-key.pem"]).code == 64)
            }
            #expect(try await run(["status", "--config", path]).output.contains("with --certificate and --key"))
            let status = try await run(["status", "--config", path] + identity("client"))
            #expect(status.output.hasPrefix("The gateway runs"), "\(status.output)")
            try await stop(serving)
        }
    }

    @Test("with a certificate that cannot be used ends with 78 and names all that is wrong")
    func faults() async throws {
        try await withFolder { folder in
            try put("server", "renewed-key", in: folder)
            let path = try configureTLS(folder, (0, 0), more: #", client_certificates: "required""#)

            for command in ["serve", "check-config"] {
                let (code, output) = try await run([command, "--config", path])
                #expect(code == 78)
                #expect(output.contains("server.tls.client_ca: is missing"), "\(output)")
                #expect(output.contains("mm7.tls.client_ca: is missing"), "\(output)")
            }
        }
    }
}
