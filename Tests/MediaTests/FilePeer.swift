import Foundation
import Glibc
import Testing

/// A customer's server on a loopback port: answers every request alike, or takes connections and says nothing.
final class FilePeer: Sendable {
    let url: String
    /// One for each connection. For one reader.
    let connections: AsyncStream<Void>
    private let listener: Int32

    /// Answers with a whole file of that type.
    convenience init(serving file: [UInt8], as contentType: String) throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: \(contentType)\r\nContent-Length: \(file.count)\r\n\r\n"
        try self.init(sending: Array(head.utf8) + file)
    }

    convenience init(answering answer: String?) throws {
        try self.init(sending: answer.map { Array($0.utf8) })
    }

    private init(sending answer: [UInt8]?) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && getsockname(listener, address, &length) == 0
                    && listen(listener, 8) == 0
            }
        }
        try #require(isListening)
        self.listener = listener
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/picture.jpg"
        let (connections, announce) = AsyncStream<Void>.makeStream()
        self.connections = connections
        Thread.detachNewThread { Self.serve(listener, answer, announce) }
    }

    /// Ends all connections; nothing is accepted any more.
    func stop() {
        _ = shutdown(listener, Int32(SHUT_RDWR))
    }

    private static func serve(_ listener: Int32, _ answer: [UInt8]?, _ announce: AsyncStream<Void>.Continuation) {
        var silent: [Int32] = []
        while case let socket = accept(listener, nil, nil), socket >= 0 {
            announce.yield()
            guard let answer else {
                silent.append(socket)
                continue
            }
            // A GET of a test fits into one read.
            var request = [UInt8](repeating: 0, count: 4096)
            _ = recv(socket, &request, request.count, 0)
            _ = send(socket, answer, answer.count, Int32(MSG_NOSIGNAL))
            close(socket)
        }
        for socket in silent + [listener] { close(socket) }
    }
}
