package import Hummingbird
package import IPRanges
import NIOCore

/// What a route may know of a request beside the request: who sent it.
package struct PeerContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The address at the other end of the connection; nil in tests that have no connection.
    package let peer: IPAddress?
    /// The connection that it came on.
    let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
        peer = source.channel.remoteAddress?.ipAddress.flatMap { IPAddress($0) }
    }
}
