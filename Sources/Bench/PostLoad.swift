import Glibc

/// Posts from several kept-alive connections at once, each waiting for its answer before its next post.
///
/// One thread, plain sockets and `poll`: a full HTTP client would take more of the two processors than the gateway that
/// is measured. Calls block.
struct PostLoad {
    /// Those that the connections go to, in turn.
    let ports: [Int]
    let template: PostTemplate

    init(port: Int, template: PostTemplate) { self.init(ports: [port], template: template) }

    init(ports: [Int], template: PostTemplate) {
        (self.ports, self.template) = (ports, template)
    }

    /// - Parameters:
    ///   - numbers: the numbers of the posts, each sent once.
    ///   - limit: the time after which no other post is begun.
    /// - Throws: `BenchFailure` when an answer is no success.
    func run(_ numbers: Range<Int>, connections count: Int, within limit: Duration? = nil) throws -> Latencies {
        let connections = try (0..<min(count, numbers.count)).map { number in
            try PostConnection(port: ports[number % ports.count], template)
        }
        defer { for connection in connections { connection.close() } }
        var (next, end) = (numbers.lowerBound, numbers.upperBound)
        var durations: [Duration] = []
        durations.reserveCapacity(numbers.count)
        let clock = ContinuousClock()
        let start = clock.now
        for connection in connections {
            try connection.begin(next)
            next += 1
        }
        var polled = connections.map(\.poll)
        while durations.count < end - numbers.lowerBound {
            guard poll(&polled, nfds_t(polled.count), 30_000) > 0 else {
                throw BenchFailure("no answer for 30 seconds")
            }
            for (index, connection) in connections.enumerated() where polled[index].revents != 0 {
                if let duration = try connection.goOn() {
                    durations.append(duration)
                    if let limit, start.duration(to: clock.now) > limit { end = next }
                    if next < end {
                        try connection.begin(next)
                        next += 1
                    }
                }
                polled[index] = connection.poll
            }
        }
        return Latencies(durations, total: start.duration(to: clock.now))
    }
}

/// A connection and the post that is on its way over it.
final class PostConnection {
    let socket: Int32
    private let template: PostTemplate
    private var request: [UInt8]
    private var sent = 0
    private var answer = [UInt8](repeating: 0, count: 16 << 10)
    private var received = 0
    private var begun: ContinuousClock.Instant?

    init(port: Int, _ template: PostTemplate) throws {
        socket = try Loopback.connect(to: port)
        self.template = template
        request = template.bytes
    }

    func close() { Glibc.close(socket) }

    /// Whether a post is on its way.
    var isBusy: Bool { begun != nil }
    var isWriting: Bool { sent < request.count }

    /// The events that the connection waits for; none between two posts.
    var poll: pollfd {
        pollfd(
            fd: begun == nil ? -1 : socket, events: Int16(isWriting ? POLLIN | POLLOUT : POLLIN), revents: 0)
    }

    func begin(_ number: Int) throws {
        template.write(number, into: &request)
        sent = 0
        received = 0
        begun = .now
        try write()
    }

    /// Writes and reads as far as possible; returns how long the post took when it is answered.
    func goOn() throws -> Duration? {
        try write()
        if received == answer.count { answer += [UInt8](repeating: 0, count: answer.count) }
        let count = answer.withUnsafeMutableBytes {
            recv(socket, $0.baseAddress.map { $0 + received }, $0.count - received, Int32(MSG_DONTWAIT))
        }
        if count < 0, errno == EAGAIN { return nil }
        guard count > 0, let begun else { throw BenchFailure("the gateway closed a connection") }
        received += count
        guard try isAnswered() else { return nil }
        self.begun = nil
        return begun.duration(to: .now)
    }

    private func write() throws {
        while sent < request.count {
            let count = request.withUnsafeBytes {
                send(socket, $0.baseAddress.map { $0 + sent }, $0.count - sent, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
            }
            if count < 0, errno == EAGAIN { return }
            // An answer before the closing says more than the closing.
            guard count > 0 else {
                sent = request.count
                return
            }
            sent += count
        }
    }

    /// Whether the whole answer is here.
    private func isAnswered() throws -> Bool {
        guard PostReading.end(of: answer[..<received]) != nil else { return false }
        guard answer[..<received].firstOffset(of: template.success) != nil else {
            let line = answer[..<received].prefix { $0 != UInt8(ascii: "\r") }
            throw BenchFailure("a post was answered \(String(decoding: line, as: UTF8.self))")
        }
        return true
    }
}
