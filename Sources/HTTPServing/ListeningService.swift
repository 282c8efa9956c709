import GatewayCore
import Glibc
import Hummingbird
import NIOCore
import NIOPosix
import ServiceLifecycle

/// A server whose error names its listener when it cannot listen.
struct ListeningService<Server: ApplicationProtocol>: Service {
    let listener: Listener
    let application: Server
    let hasBegun: OnceFlag

    func run() async throws {
        do {
            try await application.run()
        } catch {
            guard !hasBegun.isRaised, !(error is CancellationError) else { throw error }
            throw ListenFailure(listener: listener, error)
        }
    }
}

/// A server cannot listen where it should.
package struct ListenFailure: Error, CustomStringConvertible {
    package let description: String

    package init(listener: Listener, _ error: any Error) {
        let host = listener.host.contains(":") ? "[\(listener.host)]" : listener.host
        description = "\(listener.name) cannot listen on \(host):\(listener.port): \(Self.reason(of: error))"
    }

    private static func reason(of error: any Error) -> String {
        guard let error = error as? IOError else {
            return error is SocketAddressError ? "the host has no address" : "\(error)"
        }
        return switch error.errnoCode {
        case EADDRINUSE: "the port is in use; another process listens there, maybe another gateway"
        case EADDRNOTAVAIL: "the address is not one of this machine's"
        case EACCES: "ports below 1024 need a right that this process does not have"
        default: String(cString: strerror(error.errnoCode))
        }
    }
}
