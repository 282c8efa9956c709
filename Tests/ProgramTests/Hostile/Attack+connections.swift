import Foundation

extension Attack {
    /// What needs connections and no login.
    static let connections = [
        Attack("connections that say nothing, more than the listener takes") { ground, end in
            await hold(2 * Ground.maxConnections, to: [ground.ports.customers, ground.ports.mm7], until: end) { _ in }
        },
        Attack("connections to the operators' port that say nothing") { ground, end in
            await hold(200, to: [ground.ports.operations], until: end) { _ in }
        },
        Attack("heads that are dripped") { ground, end in
            let head = "GET /xms/v1/plan1/batches HTTP/1.1\r\nHost: a\r\nX-More: "
            await hold(Ground.maxConnections, to: [ground.ports.customers, ground.ports.mm7], until: end) {
                $0.send(head)
            } drip: {
                $0.send("a")
            }
        },
        Attack("bodies that are dripped") { ground, end in
            let head = ground.head("POST", "batches", "Content-Type: application/json", "Content-Length: 100000")
            await hold(Ground.maxConnections, to: [ground.ports.customers], until: end) {
                $0.send(head)
            } drip: {
                $0.send(" ")
            }
        },
        Attack("answers that nobody reads") { ground, end in
            let requests = String(repeating: "GET /openapi/sms.yaml HTTP/1.1\r\nHost: a\r\n\r\n", count: 200)
            await hold(Ground.maxConnections / 2, to: [ground.ports.customers], until: end) {
                $0.shrinkReceiveBuffer()
                $0.send(requests)
            }
        },
        Attack("a connection for each request, left half closed", threads: 4) { ground, _ in
            guard let connection = ground.connect(to: ground.ports.customers) else { return }
            connection.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            connection.finishSending()
        },
        Attack("guesses of tokens", threads: 4) { ground, end in
            guard let connection = ground.connect(to: ground.ports.customers) else { return }
            while .now < end {
                let guess = "Authorization: Bearer \(UInt64.random(in: 0...UInt64.max))\r\n"
                connection.send("GET /xms/v1/plan1/batches HTTP/1.1\r\nHost: a\r\n\(guess)\r\n")
                guard connection.answer() != nil else { return }
            }
        },
    ]

    /// Opens connections from one thread, and one again where the gateway closed one.
    private static func hold(
        _ count: Int, to ports: [Int], until end: ContinuousClock.Instant,
        begin: @escaping @Sendable (RawSocket) -> Void, drip: @escaping @Sendable (RawSocket) -> Bool = { _ in true }
    ) async {
        await Threads.attack(ports.count) { number in
            var open: [RawSocket] = []
            while .now < end {
                while open.count < count, .now < end {
                    guard let connection = RawSocket(port: ports[number], source: "127.0.0.2", seconds: 1) else {
                        break
                    }
                    begin(connection)
                    open.append(connection)
                }
                open.removeAll { !drip($0) }
                Thread.sleep(forTimeInterval: 0.1)
            }
        }
    }
}
