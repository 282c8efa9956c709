import Glibc

/// What a peer does with requests. Everything happens on the thread of its loop.
protocol PeerRole: AnyObject {
    var tally: PeerTally { get }

    /// The answer goes over the connection, now or later.
    func receive(_ request: PeerRequest, over connection: PeerConnection)
}

/// Accepts the connections of a peer.
final class PeerListener: SocketOwner {
    let socket: Int32
    let isWriting = false
    private let role: any PeerRole

    init(socket: Int32, role: any PeerRole) {
        self.socket = socket
        self.role = role
    }

    func goOn(in loop: SocketLoop) -> Bool {
        let accepted = accept(socket, nil, nil)
        if accepted >= 0 {
            Loopback.sendAtOnce(accepted)
            loop.add(PeerConnection(socket: accepted, role: role))
        }
        return true
    }
}

/// A kept-alive connection of whoever calls a peer.
final class PeerConnection: SocketOwner {
    let socket: Int32
    private let role: any PeerRole
    private var input = [UInt8](repeating: 0, count: 64 << 10)
    private var filled = 0
    /// How many bytes the request has whose beginning is here; 0 while that is not known.
    private var needed = 0
    /// What the socket has not taken yet.
    private var output: [UInt8] = []
    private var isClosed = false

    init(socket: Int32, role: any PeerRole) {
        self.socket = socket
        self.role = role
    }

    var isWriting: Bool { !output.isEmpty }

    func goOn(in loop: SocketLoop) -> Bool {
        if isWriting {
            let rest = output
            output = []
            send(rest)
        }
        if filled == input.count { input += [UInt8](repeating: 0, count: max(needed - filled, input.count)) }
        let count = input.withUnsafeMutableBytes { [filled] buffer in
            recv(socket, buffer.baseAddress.map { $0 + filled }, buffer.count - filled, Int32(MSG_DONTWAIT))
        }
        if count < 0, errno == EAGAIN { return true }
        guard count > 0 else {
            isClosed = true
            return false
        }
        filled += count
        answer()
        return true
    }

    /// Answers the requests that are here as a whole.
    private func answer() {
        let taken = input.withUnsafeBytes { buffer in
            var taken = 0
            while taken < filled {
                let rest = UnsafeRawBufferPointer(rebasing: buffer[taken..<filled])
                if needed == 0 { needed = PeerRequest.length(of: rest) ?? 0 }
                guard needed > 0, rest.count >= needed else { break }
                let request = PeerRequest(bytes: UnsafeRawBufferPointer(rebasing: rest[..<needed]))
                taken += needed
                needed = 0
                if request.isAt("GET /tally ") { send(role.tally.answer) } else { role.receive(request, over: self) }
            }
            return taken
        }
        guard taken > 0 else { return }
        input.withUnsafeMutableBytes { [filled] buffer in
            guard let base = buffer.baseAddress else { return }
            memmove(base, base + taken, filled - taken)
        }
        filled -= taken
    }

    /// Sends an answer; what the socket does not take follows when it does.
    func send(_ bytes: [UInt8]) {
        guard !isClosed else { return }
        guard output.isEmpty else {
            output += bytes
            return
        }
        let count = bytes.withUnsafeBytes {
            Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        }
        // A connection that is broken is noticed when it is read.
        if count < 0, errno != EAGAIN { return }
        if count < bytes.count { output = Array(bytes[max(count, 0)...]) }
    }
}
