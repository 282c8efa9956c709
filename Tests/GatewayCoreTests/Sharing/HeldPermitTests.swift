import GatewayCore
import Testing

@Suite("Permits that are held, and the places where they are waited for")
struct HeldPermitTests {
    @Test("one owner has half of the places, and the next who comes finds one")
    func places() async throws {
        let permits = SharedPermits<String, String>(.reads, capacity: 2, waitingLimit: 4)
        let held = try await permits.permit(for: "greedy", at: "greedy")
        let waiting = (0..<2).map { _ in Task { try await permits.permit(for: "greedy", at: "greedy") } }
        while permits.waitingCount < 2 { await Task.yield() }

        await #expect(throws: SharedPermits<String, String>.Refusal.full) {
            _ = try await permits.permit(for: "greedy", at: "greedy")
        }
        let other = try await permits.permit(for: "modest", at: "modest")

        #expect(permits.held == 2)
        for task in waiting { task.cancel() }
        withExtendedLifetime((held, other)) {}
    }

    @Test("a permit is given back with its last reference")
    func givenBack() async throws {
        let permits = SharedPermits<String, String>(.answerMemory, capacity: 2, waitingLimit: 4)
        var held: HeldPermit? = try await permits.permit(for: "a", at: "a")
        #expect(permits.held == 1)

        withExtendedLifetime(held) {}
        held = nil

        #expect(permits.held == 0)
    }
}
