import Operations
import ServiceLifecycle

/// Takes readiness away before anything else stops, so that a load balancer looks elsewhere.
struct Draining: Service {
    let readiness: Readiness

    func run() async throws {
        try await gracefulShutdown()
        readiness.beginDraining()
    }
}
