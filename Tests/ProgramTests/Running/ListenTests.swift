import Foundation
import HTTPServing
import Hummingbird
import TestPeers
import Testing

@Suite("A gateway of which a part cannot begin", .timeLimit(.minutes(5)), .serialized)
struct ListenTests: ProgramTesting {
    @Test(
        "a port that is in use ends the program with 1 and the listener's name",
        arguments: ["server.listen", "mm7.listen", "operations.listen"])
    func inUse(name: String) async throws {
        try await Listener(host: "127.0.0.1", port: 0).serving(Router(context: PeerContext.self)) { port in
            try await withFolder { folder in
                let path = try configure(
                    folder, serverPort: name == "server.listen" ? port : 0, mm7Port: name == "mm7.listen" ? port : 0,
                    operationsPort: name == "operations.listen" ? port : 0)

                let program = try Program("serve", "--config", path)

                #expect(try await program.exitCode() == 1)
                let words = "\(name) cannot listen on 127.0.0.1:\(port): the port is in use"
                _ = try await program.line(with: words)
            }
        }
    }
}
