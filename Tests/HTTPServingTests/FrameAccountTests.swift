import NIOCore
import NIOEmbedded
import Testing

@testable import HTTPServing

@Suite("What a connection of HTTP/2 may send")
struct FrameAccountTests {
    private let preface = [UInt8]("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

    @Test("frames are found wherever the octets are cut", arguments: [1, 2, 3, 7, 9, 10, 26, 1000])
    func pieces(size: Int) {
        let frames = [RawFrame(4), RawFrame(1, length: 30), RawFrame(0, length: 300), RawFrame(8, length: 4)]
        let octets = preface + frames.flatMap(\.octets)
        var reader = FrameReader()
        var cost = 0
        var passed = 0

        for begin in stride(from: 0, to: octets.count, by: size) {
            var piece = ByteBuffer(bytes: octets[begin..<min(begin + size, octets.count)])
            while piece.readableBytes > 0 {
                let turn = reader.nextTurn(of: &piece)
                cost += turn.cost
                passed += turn.octets.readableBytes
            }
        }

        #expect(cost == 3)
        #expect(passed == octets.count)
    }

    @Test("a frame that brings much of a body is free, one that brings next to nothing is not")
    func bodies() {
        var octets = ByteBuffer(
            bytes: preface + [0, 1, 63, 64, 16_000].flatMap { RawFrame(0, length: $0).octets })
        var reader = FrameReader()

        let cost = reader.nextTurn(of: &octets).cost

        #expect(cost == 3)
    }

    @Test("answers earn what was spent, and no more")
    func account() {
        var account = FrameAccount()
        account.spend(15)
        for _ in 0..<3 { account.earn() }
        #expect(account == FrameAccount())

        account.spend(FrameAccount.limit)
        #expect(!account.isOverdrawn)
        account.spend(1)
        #expect(account.isOverdrawn)
    }

    @Test("after a few frames the others of the event loop have their turn")
    func turns() throws {
        let connections = Connections(
            .init(total: 4, perAddress: nil, patience: .seconds(80), answerBytes: 1000))
        let channel = EmbeddedChannel()
        let entry = try #require(connections.enter(channel))
        try channel.pipeline.syncOperations.addHandler(FrameGate(StreamTally(entry)) {})
        let frames = (0..<100).flatMap { _ in RawFrame(6, length: 8).octets }
        var turnsBefore = 0

        try channel.writeInbound(ByteBuffer(bytes: preface + frames))
        turnsBefore = try channel.turns()
        var turnsOfOthers: [Int] = []
        for _ in 0..<2 {
            channel.embeddedEventLoop.execute { turnsOfOthers.append((try? channel.turns()) ?? -1) }
        }
        channel.embeddedEventLoop.run()

        #expect(turnsBefore == 1)
        #expect(turnsOfOthers == [1, 0])
        #expect(try channel.turns() == 5)
    }

    @Test("the place of a request is given back when that is over, not when the connection is")
    func places() throws {
        let connections = Connections(
            .init(total: 4, perAddress: nil, patience: .seconds(80), answerBytes: 1000))
        let first = try #require(connections.enter(EmbeddedChannel()))
        #expect([first.beginsStream(), first.beginsStream(), first.beginsStream()] == [true, true, false])

        first.leave()
        let second = try #require(connections.enter(EmbeddedChannel()))
        #expect(!second.beginsStream())

        first.endsStream()
        #expect(second.beginsStream())
        #expect(!second.beginsStream())
    }
}

extension EmbeddedChannel {
    /// Pieces that were passed on since this was asked.
    fileprivate func turns() throws -> Int {
        var count = 0
        while try readInbound(as: ByteBuffer.self) != nil { count += 1 }
        return count
    }
}

/// A frame as it is on the wire. (RFC 9113, 4.1)
struct RawFrame {
    let octets: [UInt8]

    init(_ type: UInt8, flags: UInt8 = 0, stream: UInt32 = 0, payload: [UInt8]) {
        let length = UInt32(payload.count)
        octets =
            withUnsafeBytes(of: length.bigEndian) { Array($0.dropFirst()) } + [type, flags]
            + withUnsafeBytes(of: stream.bigEndian) { Array($0) } + payload
    }

    /// Its payload is all zeros.
    init(_ type: UInt8, length: Int = 0) {
        self.init(type, payload: [UInt8](repeating: 0, count: length))
    }
}
