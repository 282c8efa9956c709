import GatewayCore
import MM7
import Testing

@testable import Submission

@Suite("Contents of batches in memory", .timeLimit(.minutes(5)))
struct ContentCacheTests {
    private let bench: SubmissionBench
    private let store = SubmissionStore()

    init() throws {
        bench = try SubmissionBench()
    }

    /// Takes one content after the other and gives each back at once.
    private func read(_ batches: UInt64..., from cache: ContentCache, generation: Int = 0) async throws {
        for batch in batches {
            let lent = try await cache.content(
                of: SubmissionBench.claim(of: batch), profile: .standard, generation: generation)
            cache.giveBack(lent)
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
        for number: UInt64 in 1...3 { await store.add(try await bench.batch(number, mediaBytes: 10_000)) }
        // Half of it is less than two contents of 10,000 bytes with what is around them: the third finds no room.
        let cache = ContentCache(store: store, library: bench.library, limitBytes: 52_000)

        try await read(1, 2, 1, 3, 1, 2, from: cache)

        #expect(await reads == [1, 2, 3, 2])
    }

    @Test("a content larger than the bound is sent all the same, and not kept")
    func largest() async throws {
        await store.add(try await bench.batch())
        let cache = ContentCache(store: store, library: bench.library, limitBytes: 1)

        try await read(1, 1, from: cache)

        #expect(await reads == [1, 1])
        #expect(cache.heldBytes == 0)
    }

    @Test("a reload, which may change what the MMSC wants, reads anew")
    func reload() async throws {
        await store.add(try await bench.batch())
        let cache = ContentCache(store: store, library: bench.library)

        try await read(1, from: cache, generation: 0)
        try await read(1, from: cache, generation: 1)

        #expect(await reads == [1, 1])
    }

    @Test("content that was missing is looked for again, and counts nothing meanwhile")
    func missing() async throws {
        let cache = ContentCache(store: store, library: bench.library)
        await #expect(throws: ContentFailure.missing) { try await read(1, from: cache) }
        #expect(cache.heldBytes == 0)
        await store.add(try await bench.batch())

        try await read(1, from: cache)

        #expect(await reads == [1, 1])
    }

    @Test("what is in flight counts, and the next of a customer who has half waits until some of it has ended")
    func waits() async throws {
        for number: UInt64 in 1...3 { await store.add(try await bench.batch(number, mediaBytes: 10_000)) }
        let cache = ContentCache(store: store, library: bench.library, limitBytes: 20_000)
        let first = try await cache.content(of: SubmissionBench.claim(of: 1), profile: .standard, generation: 0)

        async let second: Void = read(2, from: cache)
        while cache.waitingCount == 0 { await Task.yield() }
        // Another customer does not wait behind it.
        let other = try await cache.content(
            of: SubmissionBench.claim(of: 3, customer: 2), profile: .standard, generation: 0)
        #expect(await reads == [1, 3])
        cache.giveBack(other)
        cache.giveBack(first)

        try await second
        #expect(await reads == [1, 3, 2])
    }

    @Test("a wait that lasts is ended with the second look, and counts nothing afterwards")
    func longWait() async throws {
        for number: UInt64 in 1...2 { await store.add(try await bench.batch(number, mediaBytes: 10_000)) }
        let cache = ContentCache(store: store, library: bench.library, limitBytes: 20_000)
        let first = try await cache.content(of: SubmissionBench.claim(of: 1), profile: .standard, generation: 0)

        let second = Task { try await read(2, from: cache) }
        while cache.waitingCount == 0 { await Task.yield() }
        cache.endLongWaits()
        #expect(cache.waitingCount == 1)
        cache.endLongWaits()

        await #expect(throws: ContentFailure.noRoom) { try await second.value }
        cache.giveBack(first)
        try await read(2, from: cache)
        #expect(await reads == [1, 2])
    }

    @Test("values of parameters count, those that no placeholder names are not kept")
    func parameters() async throws {
        func parameters(_ keys: Int) -> Parameters {
            let values = Dictionary(uniqueKeysWithValues: (0..<1000).map { ("1202555\(1000 + $0)", "value") })
            return Parameters(Dictionary(uniqueKeysWithValues: (1...keys).map { ("k\($0)", values) }))
        }
        let unnamed = try await bench.batch(1, text: "Hello", parameters: parameters(20))
        let named = try await bench.batch(2, text: "Hello ${k1}", parameters: parameters(20))

        func content(_ batch: (Batch, StoredMedia)) throws -> BatchContent {
            try BatchContent(
                batch.0, media: [ReadMedium(bytes: [1, 2, 3], contentType: "image/jpeg")], profile: .standard)
        }

        #expect(try content(unnamed).byteCount < 10_000)
        #expect((100_000..<500_000).contains(try content(named).byteCount))
    }

    @Test("messages with texts of their own share the media, also where it is sent in base64")
    func sharedMedia() async throws {
        var profile = Profile.standard
        profile.transferEncoding = .base64
        let numbers = ["15550100001", "15550100002"]
        let batch = try await bench.batch(
            text: "Hello ${name}", parameters: Parameters(["name": ["default": "you", numbers[0]: "Ana"]])
        ).0
        let media = [UInt8](repeating: 7, count: 30_000)
        let content = try BatchContent(
            batch, media: [ReadMedium(bytes: media, contentType: "image/jpeg")], profile: profile)

        let segments = try numbers.map { number in
            let encoded = try #require(
                try content.encoded(for: MSISDN(storedDigits: number), profile: profile))
            let message = try MessageWriter(profile: profile).write(
                SubmitReq(sender: SenderIdentification(), recipients: Recipients(to: [.msisdn(number)])),
                transactionID: "t", content: encoded)
            return try #require(message.segments.max { $0.count < $1.count })
        }

        #expect(segments[0].count > 40_000)
        let places = segments.map { $0.withUnsafeBufferPointer { $0.baseAddress } }
        #expect(places[0] == places[1])
        #expect(content.byteCount < 50_000)
    }
}
