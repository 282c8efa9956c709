import NIOCore

/// What a connection of HTTP/2 may send beyond what its requests need, as frames.
///
/// Every frame costs one, but one of a body that brings some of it. Every frame of an answer earns more than the peer
/// needs to ask and to take it. So whoever has answers made may go on for ever, and whoever sends what leads to none
/// (resets, refused requests, windows, settings, pings, frames that nobody knows) comes to the end, however slowly.
struct FrameAccount: Equatable {
    /// What a connection begins with, and the most that it has.
    static let limit = 2000
    /// A frame of an answer is one of 16 KiB at most, and some clients open two windows for every 4 KiB of it.
    static let perAnswerFrame = 10
    /// A request that was refused, to be sent again later: the peer is to slow down.
    static let perRefusal = 10
    /// What one connection may cost before the others of its event loop have their turn.
    static let perTurn = 16
    /// A frame of a body with fewer octets is not free.
    static let bodyOctets = 64

    private(set) var rest = limit

    var isOverdrawn: Bool { rest < 0 }

    mutating func spend(_ frames: Int) { rest -= frames }

    mutating func earn() { rest = min(rest + Self.perAnswerFrame, Self.limit) }
}

/// Finds the frames in the octets of a connection, as far as they are counted. (RFC 9113, 3.4 and 4.1)
struct FrameReader {
    /// Octets that belong to no head: at first those of the preface.
    private var skipped = 24
    /// The length and the type of the next frame, as far as they are there.
    private var head: UInt32 = 0
    private var headOctets = 0

    /// Takes octets until the frames in them cost as much as a turn may, or until there are no more.
    mutating func nextTurn(of octets: inout ByteBuffer) -> (octets: ByteBuffer, cost: Int) {
        let view = octets.readableBytesView
        var cost = 0
        var index = view.startIndex
        while index < view.endIndex, cost < FrameAccount.perTurn {
            guard skipped == 0 else {
                let step = min(skipped, view.endIndex - index)
                skipped -= step
                index += step
                continue
            }
            head = head << 8 | UInt32(view[index])
            headOctets += 1
            index += 1
            guard headOctets == 4 else { continue }
            let (length, type) = (Int(head >> 8), head & 0xFF)
            if type != Self.data || length < FrameAccount.bodyOctets { cost += 1 }
            // The flags and the number of the stream follow, then the frame.
            skipped = 5 + length
            (head, headOctets) = (0, 0)
        }
        // All that is there can be read.
        return (octets.readSlice(length: index - view.startIndex) ?? ByteBuffer(), cost)
    }

    private static let data: UInt32 = 0
}
