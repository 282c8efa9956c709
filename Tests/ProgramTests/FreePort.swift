import Foundation
import Synchronization
import TestPeers

/// Ports that stay one's own while the program behind them is down.
///
/// They lie below those that the system gives to outgoing connections: one of those would be taken by a connection in
/// the time between a kill and the next start.
enum FreePort {
    private static let range = 20_000..<30_000
    private static let last = Mutex(Int(getpid()) * 97 % range.count)

    static func take() throws -> Int {
        for _ in range {
            let port = last.withLock { last in
                last = (last + 1) % range.count
                return range.lowerBound + last
            }
            if isFree(port) { return port }
        }
        throw Unexpected("no port is free in \(range)")
    }

    private static func isFree(_ port: Int) -> Bool {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { return false }
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
