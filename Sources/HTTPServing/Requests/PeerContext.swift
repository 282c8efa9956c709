package import Hummingbird
package import IPRanges
import NIOCore

/// What a route may know of a request beside the request: who sent it.
package struct PeerContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The address at the other end of the connection; nil in tests that have no connection.
    package let peer: IPAddress?

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress.flatMap { IPAddress($0) }
    }
}
