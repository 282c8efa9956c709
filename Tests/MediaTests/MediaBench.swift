import CurlHTTP
import Doubles
import Foundation
import GatewayCore
import IPRanges
import Logging
import Testing

@testable import Media

/// The media service over a folder of its own and a clock that does not wait.
final class MediaBench {
    /// Nobody listens there.
    static let closedPort = "http://127.0.0.1:1/picture.jpg"

    static let now = Date(milliseconds: 1_790_000_000_000)
    let clock = HastyClock(at: MediaBench.now)
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let library: MediaLibrary
    let client: HTTPClient

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        library = try MediaLibrary(dataDirectory: folder.path)
        client = try HTTPClient()
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func service(
        _ store: MediaStore, timeout: Duration = .seconds(60), clock: HastyClock? = nil,
        logger: Logger = LogLines().logger
    ) throws -> MediaService {
        let loopback = try #require(IPRange("127.0.0.0/8"))
        return MediaService(
            store: store, library: library,
            fetcher: MediaFetcher(client: client, limits: .init(timeout: timeout, allowed: [loopback])),
            directory: CurrentDirectory(Directory()), ids: ULIDGenerator(), clock: clock ?? self.clock,
            signal: Signal(),
            settings: .init(tries: 4, firstDelay: .seconds(5)), logger: logger)
    }

    func task(
        _ url: String?, isStrict: Bool = false, tries: Int = 0, expiresIn: Duration = .seconds(3600)
    ) -> MediaTask {
        MediaTask(
            batch: ULID(high: 1, low: 0),
            queue: MediaSource(owner: .servicePlan("plan1"), server: WebServer(of: url ?? "")), url: url,
            isStrict: isStrict, tries: tries, expireAt: Self.now + expiresIn)
    }
}
