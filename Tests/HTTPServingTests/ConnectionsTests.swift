import IPRanges
import NIOCore
import NIOEmbedded
import Testing

@testable import HTTPServing

@Suite("Places of a listener's connections")
struct ConnectionsTests {
    private let now = ContinuousClock.Instant.now

    private func connections(total: Int, perAddress: Int? = nil, answerBytes: Int = 1000) -> Connections {
        Connections(.init(total: total, perAddress: perAddress, patience: .seconds(80), answerBytes: answerBytes))
    }

    /// Comes from the address, or from one that nobody knows.
    private func channel(from address: String? = nil) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel()
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        if let address { channel.remoteAddress = try SocketAddress(ipAddress: address, port: 1) }
        return channel
    }

    @Test("where all places are taken, the one that has been silent longest leaves for the next")
    func longestSilent() throws {
        let connections = connections(total: 3, perAddress: 3)
        let channels = try (0..<4).map { _ in try channel() }
        let entries = channels[..<3].map { connections.enter($0, now: now) }
        // The first was asked something and answered since.
        entries[0]?.becomesBusy()
        entries[0]?.becomesSilent()

        #expect(connections.isAccepting)
        #expect(connections.enter(channels[3], now: now) != nil)

        #expect(channels.map(\.isActive) == [true, false, true, true])
        #expect(connections.count == 3)
    }

    @Test("where none is silent, the next waits, and the first that falls silent leaves for it")
    func allBusy() throws {
        let connections = connections(total: 2, perAddress: 2)
        let channels = try (0..<2).map { _ in try channel() }
        let entries = channels.map { connections.enter($0, now: now) }
        for entry in entries { entry?.becomesBusy() }
        #expect(!connections.isAccepting)

        entries[1]?.becomesSilent()

        #expect(channels.map(\.isActive) == [true, false])
        #expect(connections.isAccepting)
        entries[0]?.becomesSilent()
        #expect(channels[0].isActive)
    }

    @Test("one address has half of all, and more of its own are closed for its next")
    func perAddress() throws {
        let connections = connections(total: 8)
        let north = try (0..<5).map { _ in try channel(from: "192.0.2.1") }
        let south = try channel(from: "192.0.2.2")

        #expect(connections.enter(south, now: now) != nil)
        for channel in north { #expect(connections.enter(channel, now: now) != nil) }

        #expect(north.map(\.isActive) == [false, true, true, true, true])
        #expect(south.isActive)
    }

    @Test("an address whose connections are all answered gets no more than its own")
    func busyAddress() throws {
        let connections = connections(total: 8, perAddress: 1)
        connections.enter(try channel(from: "192.0.2.1"), now: now)?.becomesBusy()

        #expect(connections.enter(try channel(from: "192.0.2.1"), now: now) == nil)
        #expect(connections.enter(try channel(from: "192.0.2.2"), now: now) != nil)
    }

    @Test("a network of IPv6 counts as one address")
    func network() {
        #expect(IPAddress("2001:db8::1")?.network == IPAddress("2001:db8::ffff:1")?.network)
        #expect(IPAddress("2001:db8::1")?.network != IPAddress("2001:db8:0:1::1")?.network)
    }

    @Test("patience shrinks when three quarters of the places are taken")
    func patience() throws {
        let connections = connections(total: 8, perAddress: 8)
        #expect(connections.patience(with: 6) == .seconds(80))
        #expect(connections.patience(with: 7) == .seconds(40))
        #expect(connections.patience(with: 8) == .seconds(1))

        let old = try channel()
        _ = connections.enter(old, now: now - .seconds(50))
        for _ in 0..<6 { _ = connections.enter(try channel(), now: now) }
        #expect(old.isActive)
        _ = connections.enter(try channel(), now: now)

        #expect(!old.isActive)
    }

    @Test("of answers that nobody takes, the oldest are closed at the bound")
    func answers() throws {
        let connections = connections(total: 9, perAddress: 9)
        let channels = try (0..<3).map { _ in try channel(from: "192.0.2.1") }
        let entries = channels.map { connections.enter($0, now: now) }
        for entry in entries {
            entry?.becomesSilent()
            entry?.holds(200, since: 0)
        }

        #expect(channels.map(\.isActive) == [false, true, true])
        entries[1]?.holds(0, since: 200)
        entries[2]?.holds(450, since: 200)
        #expect(channels.map(\.isActive) == [false, true, true])
    }

    @Test("a connection that has ended gives back its permit once")
    func leave() throws {
        let connections = connections(total: 4)
        let entry = connections.enter(try channel(), now: now)

        entry?.leave()
        entry?.leave()
        entry?.becomesSilent()

        #expect(connections.count == 0)
    }
}
