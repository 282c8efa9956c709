/// Where the gateway's servers listen.
package struct Ports: Sendable, Equatable {
    /// The REST APIs.
    package var customers: Int
    /// What MMSCs post to.
    package var mm7: Int
    package var operations: Int
    /// The Batch API alone; 0 where it has no server of its own.
    package var batches = 0
}

/// Waits until each server has said where it listens, then reports all at once.
actor PortCollector {
    private var ports = Ports(customers: 0, mm7: 0, operations: 0)
    private let expectsBatches: Bool
    private let onListening: @Sendable (Ports) async -> Void

    init(expectsBatches: Bool, _ onListening: @escaping @Sendable (Ports) async -> Void) {
        self.expectsBatches = expectsBatches
        self.onListening = onListening
    }

    func set(_ server: any WritableKeyPath<Ports, Int> & Sendable, _ port: Int) async {
        ports[keyPath: server] = port
        guard ports.customers != 0, ports.mm7 != 0, ports.operations != 0, ports.batches != 0 || !expectsBatches else {
            return
        }
        await onListening(ports)
    }
}
