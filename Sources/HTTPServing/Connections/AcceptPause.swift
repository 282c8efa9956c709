import Logging
import NIOCore

/// Lets a listener rest for a second that cannot accept because the process or the system has no file descriptors or
/// memory left: it would otherwise try again as long as somebody wants to connect, and use up a core.
final class AcceptPause: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = any Channel

    private static let rest = TimeAmount.seconds(1)
    private static let silence = TimeAmount.seconds(30)

    private let name: String
    private let logger: Logger
    private var lastLogged: NIODeadline?

    init(_ name: String, logger: Logger) {
        self.name = name
        self.logger = logger
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? IOError {
            log(error)
            let channel = context.channel
            // To leave out a read is not enough: the socket stays among those that are watched.
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

    private func log(_ error: IOError) {
        if let lastLogged, lastLogged + Self.silence > .now() { return }
        lastLogged = .now()
        logger.error(
            "A server cannot accept connections and tries again each second",
            metadata: ["listener": "\(name)", "error": "\(error.errnoCode)"])
    }
}
