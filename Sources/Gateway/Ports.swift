/// Where the gateway's three servers listen.
package struct Ports: Sendable, Equatable {
    /// The REST APIs.
    package var customers: Int
    /// What MMSCs post to.
    package var mm7: Int
    package var operations: Int
}

/// Waits until each server has said where it listens, then reports all at once.
actor PortCollector {
    private var ports = Ports(customers: 0, mm7: 0, operations: 0)
    private let onListening: @Sendable (Ports) async -> Void

    init(_ onListening: @escaping @Sendable (Ports) async -> Void) {
        self.onListening = onListening
    }

    func set(_ server: any WritableKeyPath<Ports, Int> & Sendable, _ port: Int) async {
        ports[keyPath: server] = port
        if ports.customers != 0, ports.mm7 != 0, ports.operations != 0 { await onListening(ports) }
    }
}
