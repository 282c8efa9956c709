import HTTPServing
import Hummingbird
import Logging
import Operating
import ServiceLifecycle
import Synchronization

/// The smallest possible customer: it hosts a picture and files that are uploaded to it, and listens for webhooks.
struct DemoCustomer: Service {
    enum Sight: Sendable {
        case listening(port: Int)
        case pictureFetched
        /// A webhook call with its body.
        case notified(String)
    }

    /// What the customer sees, as it happens.
    let sights: AsyncStream<Sight>
    private let see: AsyncStream<Sight>.Continuation
    private let picture: [UInt8]
    /// The time that its server takes for a picture.
    private let answerTime: Duration
    private let logger: Logger
    private let files = Files()

    static let filesPath = "/files"
    static let picturePath = "/sunset.jpg"
    static let webhookPath = "/webhook"

    init(picture: [UInt8], answerTime: Duration = .zero, logger: Logger) {
        self.picture = picture
        self.answerTime = answerTime
        self.logger = logger
        (sights, see) = AsyncStream.makeStream()
    }

    func run() async throws {
        let router = Router(context: PeerContext.self)
        router.get("\(Self.picturePath)") { _, _ in
            if answerTime > .zero { try await Task.sleep(for: answerTime) }
            see.yield(.pictureFetched)
            return Response(status: .ok, contentType: "image/jpeg", bytes: picture)
        }
        router.post("\(Self.webhookPath)") { request, _ in
            let body = try await request.bytes(upTo: 1 << 20)
            see.yield(.notified(String(decoding: body, as: UTF8.self)))
            return Response(status: .ok)
        }
        router.put("\(Self.filesPath)/:name") { [files] request, context in
            let file = LocalFile(bytes: try await request.bytes(upTo: 10 << 20), name: context.pathParameter("name"))
            files.keep(file)
            return Response(status: .created)
        }
        router.get("\(Self.filesPath)/:name") { [files] _, context in
            guard let file = files.file(named: context.pathParameter("name")) else {
                return Response(status: .notFound)
            }
            see.yield(.pictureFetched)
            return Response(status: .ok, contentType: file.contentType, bytes: file.bytes)
        }
        defer { see.finish() }
        try await Listener(host: "127.0.0.1", port: 0)
            .application(for: router, logger: logger) { see.yield(.listening(port: $0)) }
            .run()
    }
}

/// The last few files that were uploaded.
private final class Files: Sendable {
    private let files = Mutex<[LocalFile]>([])
    private static let limit = 8

    func keep(_ file: LocalFile) {
        files.withLock { files in
            files.removeAll { $0.name == file.name }
            files.append(file)
            if files.count > Self.limit { files.removeFirst() }
        }
    }

    func file(named name: String) -> LocalFile? { files.withLock { $0.last { $0.name == name } } }
}
