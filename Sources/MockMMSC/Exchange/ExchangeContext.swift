import Hummingbird
import NIOCore

/// A request's context that keeps the connection, for it may have to be closed without an answer.
struct ExchangeContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// Closes the connection; what is written to it from now on is lost.
    func hangUp() async {
        try? await channel.close()
    }
}
