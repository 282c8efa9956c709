import CurlHTTP
import Foundation
import MockMMSC
import TestPeers
import Testing

@Suite("The built program", .timeLimit(.minutes(5)), .serialized)
struct ProgramTests: ProgramTesting {
    @Test("SIGTERM and SIGINT end it with 0", arguments: [SIGTERM, SIGINT])
    func stop(signal: Int32) async throws {
        try await withFolder { folder in
            let program = try Program("serve", "--config", try configure(folder))
            _ = try await ports(of: program)

            program.send(signal)

            #expect(try await program.exitCode() == 0)
        }
    }

    @Test("what was accepted before kill -9 is sent after the next start")
    func killed() async throws {
        try await withFolder { folder in
            let customer = TestCustomer()
            try await customer.serving { customerURL in
                let first = try Program("serve", "--config", try configure(folder))
                let (port, mm7Port, _) = try await ports(of: first)
                // Nobody listens at the MMSC's address yet.
                #expect(try await post(batch(for: customerURL, count: 50), to: port).status == 201)
                first.send(SIGKILL)
                #expect(try await first.exitCode() == 128 + SIGKILL)

                var peer = MockMMSC.Configuration.forTests
                peer.callbackURL = "http://127.0.0.1:\(mm7Port)/mm7/north"
                try await MockMMSC(peer).serving { mmscURL in
                    let path = try configure(folder, mmscURL: mmscURL, mm7Port: mm7Port)
                    let second = try Program("serve", "--config", path)
                    let seen = try await customer.wait { !$0.calls.isEmpty }

                    #expect(seen.calls.first?.contains(#"{"code":0,"status":"Delivered","count":50}"#) == true)
                    second.send(SIGTERM)
                    #expect(try await second.exitCode() == 0)
                }
            }
        }
    }

    /// Kills a gateway with SubmitReqs on the wire, starts it again, and runs the body with the second one.
    private func killedInFlight(
        batchOf count: Int, whenReceived received: Int, onLostAnswer: String,
        _ body: @escaping @Sendable (Program, MockMMSC, TestCustomer) async throws -> Void
    ) async throws {
        try await withFolder { folder in
            let customer = TestCustomer()
            var peer = MockMMSC.Configuration.forTests
            peer.faults.delay = .milliseconds(300)
            let mmsc = MockMMSC(peer)
            try await customer.serving { customerURL in
                try await mmsc.serving { mmscURL in
                    let path = try configure(folder, mmscURL: mmscURL, onLostAnswer: onLostAnswer)
                    let first = try Program("serve", "--config", path)
                    let port = try await ports(of: first).customers
                    #expect(try await post(batch(for: customerURL, count: count), to: port).status == 201)
                    try await mmsc.journal.wait { $0.received >= received }
                    first.send(SIGKILL)
                    #expect(try await first.exitCode() == 128 + SIGKILL)

                    let second = try Program("serve", "--config", path)
                    try await body(second, mmsc, customer)

                    second.send(SIGTERM)
                    #expect(try await second.exitCode() == 0)
                }
            }
        }
    }

    @Test("kill -9 with SubmitReqs on the wire sends again only those, under their old names")
    func killedAndResent() async throws {
        try await killedInFlight(batchOf: 100, whenReceived: 40, onLostAnswer: "resend") { second, mmsc, _ in
            let inDoubt = try await second.line(with: "on_lost_answer")
            try await mmsc.journal.wait { $0.accepted == 100 }

            let names = mmsc.journal.submissions.map(\.transactionID)
            let counted = try #require(inDoubt.loggedNumber("count"))
            #expect(Set(names).count == 100)
            #expect(names.count - 100 <= counted)
            // As many as were on the wire, and as many whose answers were being written down.
            #expect(counted <= 64)
        }
    }

    @Test("what was on the wire at kill -9 is not sent again where the MMSC must not get it twice")
    func killedAndGivenUp() async throws {
        try await killedInFlight(batchOf: 20, whenReceived: 20, onLostAnswer: "fail") { _, mmsc, customer in
            let seen = try await customer.wait { !$0.calls.isEmpty }

            #expect(seen.calls.first?.contains(#"{"code":0,"status":"Unknown","count":20}"#) == true)
            #expect(mmsc.journal.counts.received == 20)
        }
    }

    @Test("a stop waits for a silent MMSC no longer than the time to drain, and ends with 0")
    func drain() async throws {
        try await withFolder { folder in
            let customer = TestCustomer()
            var peer = MockMMSC.Configuration.forTests
            peer.faults.delay = .seconds(3600)
            let mmsc = MockMMSC(peer)
            try await customer.serving { customerURL in
                try await mmsc.serving { mmscURL in
                    let program = try Program(
                        "serve", "--config", try configure(folder, mmscURL: mmscURL, drain: "200ms"))
                    let port = try await ports(of: program).customers
                    #expect(try await post(batch(for: customerURL, count: 5), to: port).status == 201)
                    try await mmsc.journal.wait { $0.received == 5 }

                    program.send(SIGTERM)

                    #expect(try await program.exitCode() == 0)
                }
            }
        }
    }

    @Test("SIGHUP brings a new customer without a restart, and a faulty file changes nothing")
    func reload() async throws {
        try await withFolder { folder in
            let program = try Program("serve", "--config", try configure(folder))
            let port = try await ports(of: program).customers
            #expect(try await post("{}", to: port, plan: "plan2").status == 401)

            _ = try configure(folder, plans: ["plan1", "plan2"])
            program.send(SIGHUP)
            _ = try await program.line(with: "read again")
            #expect(try await post("{}", to: port, plan: "plan2").status == 400)

            try "{server: {}".write(toFile: folder + "/gateway.json", atomically: true, encoding: .utf8)
            program.send(SIGHUP)
            _ = try await program.line(with: "the old one stays")
            #expect(try await post("{}", to: port, plan: "plan2").status == 400)
            program.send(SIGTERM)
            #expect(try await program.exitCode() == 0)
        }
    }

    @Test("SIGHUP changes level and egress at once, and names the keys that wait for a restart")
    func reloadedAtOnce() async throws {
        try await withFolder { folder in
            let customer = TestCustomer()
            let mmsc = MockMMSC(.forTests)
            try await customer.serving { customerURL in
                try await mmsc.serving { mmscURL in
                    let path = try configure(folder, mmscURL: mmscURL, egress: "[]")
                    let program = try Program("serve", "--config", path)
                    let port = try await ports(of: program).customers

                    _ = try configure(folder, mmscURL: mmscURL, level: "warning", more: "media: {tries: 2},")
                    program.send(SIGHUP)
                    let named = try await program.line(with: "read again")
                    #expect(named.contains("count from the next start"), "\(named)")
                    #expect(named.contains(#"keys="media.tries""#), "\(named)")
                    #expect(try await post(batch(for: customerURL), to: port).status == 201)
                    try await mmsc.journal.wait { $0.accepted == 1 }

                    _ = try configure(folder, mmscURL: mmscURL, level: "warning")
                    program.send(SIGHUP)
                    _ = try configure(folder, mmscURL: mmscURL, level: "nothing")
                    program.send(SIGHUP)
                    _ = try await program.line(with: "the old one stays")
                    program.send(SIGTERM)
                    #expect(try await program.exitCode() == 0)
                    _ = await program.output()
                    let informed = program.printed.filter { $0.contains(" info ") }
                    #expect(informed.count == 1 && informed[0].contains("Listening"), "\(informed)")
                }
            }
        }
    }

    @Test("without a configuration the program says where one is to be had")
    func withoutConfiguration() async throws {
        let program = try Program("serve", "--config", "/none/gateway.json")

        let output = await program.output()
        #expect(try await program.exitCode() == 78)
        #expect(output.contains("there is no such file"))
        #expect(output.contains("--config FILE"), "\(output)")
    }

    @Test("healthcheck says whether the gateway of its configuration serves")
    func healthcheck() async throws {
        try await withFolder { folder in
            let serving = try Program("serve", "--config", try configure(folder))
            let port = try await ports(of: serving).operations
            let path = try configure(folder, operationsPort: port)

            #expect(try await Program("healthcheck", "--config", path).exitCode() == 0)
            serving.send(SIGTERM)
            #expect(try await serving.exitCode() == 0)
            #expect(try await Program("healthcheck", "--config", path).exitCode() == 1)
        }
    }

    @Test("a second gateway on the same data directory refuses to start")
    func twoGateways() async throws {
        try await withFolder { folder in
            let path = try configure(folder)
            let first = try Program("serve", "--config", path)
            _ = try await ports(of: first)

            let second = try Program("serve", "--config", path)

            #expect(try await second.exitCode() == 1)
            first.send(SIGTERM)
            #expect(try await first.exitCode() == 0)
        }
    }

    @Test("a configuration with faults ends with 78 and names them all")
    func faultyConfiguration() async throws {
        try await withFolder { folder in
            let path = folder + "/gateway.json"
            try #"{server: {listn: ":8080"}, mmscs: [{name: "north"}], routes: []}"#
                .write(toFile: path, atomically: true, encoding: .utf8)

            let program = try Program("check-config", "--config", path)

            let output = await program.output()
            #expect(try await program.exitCode() == 78)
            #expect(output.contains("server.listn"))
            #expect(output.contains("mmscs[0].url"))
        }
    }

    @Test("a wrong option ends with 64")
    func usage() async throws {
        #expect(try await Program("serve", "--confg", "x").exitCode() == 64)
    }

    @Test("the demonstration ends with 0 after the customer heard of the delivery")
    func demonstration() async throws {
        let program = try Program("demo", "--once")

        let output = await program.output()
        #expect(try await program.exitCode() == 0)
        #expect(output.contains(#""status":"Delivered""#))
    }
}
