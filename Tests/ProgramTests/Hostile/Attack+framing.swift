extension Attack {
    /// Octets that are no request, as fast as the gateway takes connections.
    static let framing = [
        Attack("octets that are no HTTP", threads: 4) { ground, _ in
            let connection = ground.connect(to: ground.ports.customers)
            connection?.send((0..<4096).map { _ in UInt8.random(in: 0...255) })
            _ = connection?.answer()
        },
        Attack("heads without an end", threads: 4) { ground, end in
            guard let connection = ground.connect(to: ground.ports.mm7) else { return }
            connection.send("POST /mm7/north HTTP/1.1\r\nHost: a\r\n")
            let fields = String(repeating: "X-More: \(String(repeating: "a", count: 500))\r\n", count: 10)
            while .now < end, connection.send(fields) {}
        },
        Attack("a request line without an end", threads: 4) { ground, end in
            guard let connection = ground.connect(to: ground.ports.customers) else { return }
            connection.send("GET /")
            let path = String(repeating: "a/", count: 5000)
            while .now < end, connection.send(path) {}
        },
    ]
}
