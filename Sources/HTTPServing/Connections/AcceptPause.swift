import Logging
import NIOCore

/// Has a listener that cannot accept, because the process or the system has no file descriptors or memory left, rest for
/// a second: it would try again as long as somebody wants in, and take a core for it.
final class AcceptPause: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = any Channel

    private static let rest = TimeAmount.seconds(1)
    private static let untold = TimeAmount.seconds(30)

    private let name: String
    private let logger: Logger
    private var lastTold: NIODeadline?

    init(_ name: String, logger: Logger) {
        self.name = name
        self.logger = logger
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? IOError {
            tell(of: error)
            let channel = context.channel
            // A read that is left out is not enough: the socket stays among those that are watched.
            channel.setOption(.autoRead, value: false).whenComplete { _ in
                channel.eventLoop.scheduleTask(in: Self.rest) {
                    channel.setOption(.autoRead, value: true).whenFailure { _ in
                        // The listener is closed; then nothing is to be accepted.
                    }
                }
            }
        }
        context.fireErrorCaught(error)
    }

    private func tell(of error: IOError) {
        if let lastTold, lastTold + Self.untold > .now() { return }
        lastTold = .now()
        logger.error(
            "A server cannot accept connections and tries again each second",
            metadata: ["listener": "\(name)", "error": "\(error.errnoCode)"])
    }
}
