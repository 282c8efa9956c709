import GatewayCore
import MM7
import Testing

@testable import Submission

@Suite("Contents of batches in memory")
struct ContentCacheTests {
    private let bench: SubmissionBench
    private let store = SubmissionStore()

    init() throws {
        bench = try SubmissionBench()
    }

    private func read(_ batches: UInt64..., from cache: ContentCache, generation: Int = 0) async throws {
        for batch in batches {
            _ = try await cache.content(
                of: SubmissionBench.claim(of: batch), profile: .standard, generation: generation)
        }
    }

    /// The batches that were read from the store, by their numbers.
    private var reads: [UInt64] {
        get async { await store.reads.map(\.high) }
    }

    @Test("many claims of one batch at the same time read its content once")
    func once() async throws {
        await store.add(try await bench.batch())
        let cache = ContentCache(store: store, library: bench.library)

        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { try await read(1, from: cache) } }
            try await group.waitForAll()
        }

        #expect(await reads == [1])
    }

    @Test("what was used longest ago is let go when the bytes do not fit")
    func evicts() async throws {
        for number: UInt64 in 1...3 { await store.add(try await bench.batch(number, mediaBytes: 1000)) }
        // Two contents of twice 1,000 bytes, and not three.
        let cache = ContentCache(store: store, library: bench.library, limitBytes: 5000)

        try await read(1, 2, 1, 3, 1, 2, from: cache)

        #expect(await reads == [1, 2, 3, 2])
    }

    @Test("one content is kept however large it is")
    func largest() async throws {
        await store.add(try await bench.batch())
        let cache = ContentCache(store: store, library: bench.library, limitBytes: 1)

        try await read(1, 1, from: cache)

        #expect(await reads == [1])
    }

    @Test("a reload, which may change what the MMSC wants, reads anew")
    func reload() async throws {
        await store.add(try await bench.batch())
        let cache = ContentCache(store: store, library: bench.library)

        try await read(1, from: cache, generation: 0)
        try await read(1, from: cache, generation: 1)

        #expect(await reads == [1, 1])
    }

    @Test("content that was missing is looked for again")
    func missing() async throws {
        let cache = ContentCache(store: store, library: bench.library)
        await #expect(throws: ContentMissing.self) { try await read(1, from: cache) }
        await store.add(try await bench.batch())

        try await read(1, from: cache)

        #expect(await reads == [1, 1])
    }
}
