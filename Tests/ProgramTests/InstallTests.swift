import Foundation
import TestPeers
import Testing

@Suite("Installing", .timeLimit(.minutes(5)))
struct InstallTests {
    private static let files = [
        "usr/bin/mm7-gateway", "usr/share/man/man1/mm7-gateway.1", "usr/share/man/man1/mm7-gateway-quarantine-list.1",
        "usr/share/bash-completion/completions/mm7-gateway", "usr/share/zsh/site-functions/_mm7-gateway",
        "usr/share/fish/vendor_completions.d/mm7-gateway.fish", "usr/lib/systemd/system/mm7-gateway.service",
        "usr/lib/systemd/system/mm7-gateway@.service",
        "usr/share/mm7-gateway/mm7-gateway.json", "usr/share/mm7-gateway/config.schema.json",
        "usr/share/doc/mm7-gateway/LICENSE",
    ]
    private static let configuration = "etc/mm7-gateway/mm7-gateway.json"

    @Test("puts program, pages, completions, unit and samples in place, and takes them away again")
    func wholeWay() async throws {
        try await withFolder { root in
            try install(in: root)
            for file in Self.files + [Self.configuration] { #expect(exists(file, in: root), "\(file)") }
            let unit = try String(contentsOfFile: "\(root)/usr/lib/systemd/system/mm7-gateway.service", encoding: .utf8)
            #expect(unit.contains("\nExecStart=/usr/bin/mm7-gateway serve "))

            try install("--uninstall", in: root)
            for file in Self.files { #expect(!exists(file, in: root), "\(file)") }
            #expect(exists(Self.configuration, in: root))
        }
    }

    @Test("keeps a configuration that is there")
    func keeps() async throws {
        try await withFolder { root in
            let folder = "\(root)/etc/mm7-gateway"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try "mine".write(toFile: folder + "/mm7-gateway.json", atomically: true, encoding: .utf8)

            try install(in: root)

            #expect(try String(contentsOfFile: folder + "/mm7-gateway.json", encoding: .utf8) == "mine")
            #expect(exists("etc/mm7-gateway/channel_credentials.json", in: root))
        }
    }

    private func exists(_ file: String, in root: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(root)/\(file)")
    }

    private func install(_ flags: String..., in root: String) throws {
        let script = Process()
        script.executableURL = Repository.root.appending(path: "etc/packaging/install")
        script.arguments = flags + [Program.executable.path]
        var environment = ProcessInfo.processInfo.environment
        // Stripping a debug build takes longer than all the rest.
        environment.merge(["DESTDIR": root, "PREFIX": "/usr", "SYSCONFDIR": "", "KEEP_SYMBOLS": "1"]) { $1 }
        script.environment = environment
        script.standardOutput = Pipe()
        try script.run()
        script.waitUntilExit()
        #expect(script.terminationStatus == 0)
    }
}
