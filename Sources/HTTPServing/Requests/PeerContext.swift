package import GatewayCore
package import Hummingbird
package import IPRanges
import NIOCore

/// What a route may know of a request beside the request: who sent it.
package struct PeerContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The address at the other end of the connection; nil in tests that have no connection.
    package let peer: IPAddress?
    /// Its id and its place in a trace; nil in tests without a server.
    package internal(set) var trace: Trace?
    /// What its line in the access log is to have; nil where it has none.
    package internal(set) var note: RequestNote?
    /// Whether the peer has shown a certificate of one of the authorities in the listener's `tls.client_ca`.
    package internal(set) var hasClientCertificate = false
    /// The connection, or the stream of HTTP/2, that it came on.
    let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
        peer = source.channel.remoteAddress?.ipAddress.flatMap { IPAddress($0) }
    }
}
