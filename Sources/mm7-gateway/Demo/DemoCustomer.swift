import HTTPServing
import Hummingbird
import Logging
import ServiceLifecycle

/// A customer as small as can be: hosts a picture and listens for webhooks.
struct DemoCustomer: Service {
    enum Sight: Sendable {
        case listening(port: Int)
        case pictureFetched
        /// A webhook call with its body.
        case told(String)
    }

    /// What the customer sees, as it happens.
    let sights: AsyncStream<Sight>
    private let see: AsyncStream<Sight>.Continuation
    private let picture: [UInt8]
    private let logger: Logger

    static let picturePath = "/sunset.jpg"
    static let webhookPath = "/webhook"

    init(picture: [UInt8], logger: Logger) {
        self.picture = picture
        self.logger = logger
        (sights, see) = AsyncStream.makeStream()
    }

    func run() async throws {
        let router = Router(context: PeerContext.self)
        router.get("\(Self.picturePath)") { _, _ in
            see.yield(.pictureFetched)
            return Response(status: .ok, contentType: "image/jpeg", bytes: picture)
        }
        router.post("\(Self.webhookPath)") { request, _ in
            let body = try await request.bytes(upTo: 1 << 20)
            see.yield(.told(String(decoding: body, as: UTF8.self)))
            return Response(status: .ok)
        }
        defer { see.finish() }
        try await Listener(host: "127.0.0.1", port: 0)
            .application(for: router, logger: logger) { see.yield(.listening(port: $0)) }
            .run()
    }
}
