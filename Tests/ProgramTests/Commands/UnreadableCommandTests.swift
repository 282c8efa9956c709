import CurlHTTP
import Foundation
import TestPeers
import Testing

@Suite("Posts that nobody could read, by command", .timeLimit(.minutes(5)))
struct UnreadableCommandTests: ProgramTesting {
    @Test("show --unreadable has the newest of them, masked, while the gateway runs and after it")
    func shown() async throws {
        try await withFolder { folder in
            let path = try configure(folder)
            let gateway = try Program("serve", "--config", path)
            let ports = try await ports(of: gateway)
            #expect(
                try await run(["show", "--unreadable", "--config", path]).output == "No unreadable post is kept.\n")

            var request = HTTPRequest(method: .post, url: "http://127.0.0.1:\(ports.mm7)/mm7/north")
            request.headers = ["Content-Type": "text/xml"]
            let body = "<DeliverReq><Number>15550100001</Number><Subject>Hello</Wrong>"
            request.body = [Array(body.utf8)[...]]
            #expect(try await HTTPClient().send(request).status >= 400)
            let shown = try await poll {
                try await run(["show", "--unreadable", "north", "--config", path])
            } until: {
                $0.output.contains("MMSC")
            }

            #expect(shown.code == 0)
            #expect(shown.output.contains("<DeliverReq><Number>•••</Number><Subject>•••</Wrong>"), "\(shown.output)")
            #expect(!shown.output.contains("15550100001") && !shown.output.contains("Hello"))
            try await stop(gateway)
            let json = try await run(["show", "--unreadable", "--json", "--config", path])
            #expect(json.output.hasPrefix(#"{"posts":[{"at":"#), "\(json.output)")
            #expect(try await run(["show", "--config", path]).code == 64)
            let unknown = try await run(["show", "--unreadable", "nosuch", "--config", path])
            #expect(unknown.code == 1)
            #expect(unknown.output.hasPrefix("there is no MMSC 'nosuch' in \(path), only north"), "\(unknown.output)")
        }
    }
}
