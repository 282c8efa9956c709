import ServiceLifecycle
import Testing

@testable import Gateway

@Suite("Services that end together")
struct TogetherTests {
    private struct Broken: Error, CustomStringConvertible {
        let description = "it broke"
    }

    private struct Short: Service {
        let failure: Broken?

        func run() async throws { if let failure { throw failure } }
    }

    private struct Patient: Service {
        func run() async throws { try await gracefulShutdown() }
    }

    @Test("a service that ends early ends the others in peace, and is named", arguments: [true, false])
    func early(throwing: Bool) async throws {
        let (told, tell) = AsyncStream<String>.makeStream()
        let services = Together(
            members: [
                .init(name: "patient", service: Patient()),
                .init(name: "short", service: Short(failure: throwing ? Broken() : nil)),
            ], onEarlyEnd: { tell.yield($0.description) })

        let error = await #expect(throws: ServiceEnded.self) { try await services.run() }

        let words = throwing ? "short ended: it broke" : "short ended before its time"
        #expect(error?.description == words)
        tell.finish()
        #expect(await told.reduce(into: []) { $0.append($1) } == [words])
    }

    @Test("all bounds of connections leave half of a small limit of files to others, and 1,000 of a large one")
    func files() {
        #expect(OpenFiles.fitted([4096, 4096, 64], into: 10_000) == [4096, 4096, 64])
        #expect(OpenFiles.fitted([4096, 4096], into: 1024).reduce(0, +) <= 512)
        #expect(OpenFiles.fitted([4096, 4096, 64], into: 4096).reduce(0, +) <= 3096)
        #expect(OpenFiles.fitted([4096, 4096, 64], into: 256).allSatisfy { $0 >= 8 })
    }
}
