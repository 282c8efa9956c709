import Foundation
import GatewayCore
import Testing

/// The list of everything in `Sources` that lets only so many in at once, and of what it shares out.
///
/// Whoever adds a place that many wait for adds it here: with the resource that a `FairShare` shares out there, or with
/// the reason why nobody can hold up anybody at it.
@Suite("Shared resources are shared by a fair share")
struct SharedResourceRegisterTests {
    private enum Use: Sendable {
        case shares([SharedResource])
        /// Nothing that owners share, for this reason.
        case sharesNothing(String)

        var resources: [SharedResource] {
            switch self {
            case .shares(let resources): resources
            case .sharesNothing: []
            }
        }
    }

    private static let register: [String: Use] = [
        "ConversationAPI/Apps/AppRefresh.swift": .sharesNothing("one look after the other"),
        "ConversationAPI/Batches/AppBatchService.swift": .shares([.appBatches]),
        "ConversationAPI/Batches/BatchTurns.swift": .shares([.appBatches]),
        "ConversationAPI/Inbounds/InboundService.swift": .sharesNothing(
            "the store gives apps turns, and nothing hangs"),
        "CurlHTTP/HTTPClient.swift": .sharesNothing("connections that are kept and idle"),
        "CustomerServing/Calls/KeyedLock.swift": .sharesNothing("requests with one key, changes of one project"),
        "CustomerServing/Desk/CallResources.swift": .shares([.requestMemory]),
        "CustomerServing/Desk/HeavyWork.swift": .shares([.heavyDecoding]),
        "CustomerServing/Lists/LongResponses.swift": .shares([.longAnswers]),
        "GatewayCore/Directory/MMSC.swift": .sharesNothing("a setting of the lane"),
        "GatewayCore/Cancellations/Cancellation.swift": .shares([.cancellations]),
        "GatewayCore/Claims/ClaimRequest.swift": .shares([.submissions]),
        "GatewayCore/Events/CallRequest.swift": .shares([.webhookCalls]),
        "GatewayCore/Media/MediaTask.swift": .shares([.mediaDownloads]),
        "GatewayCore/Uploads/UploadRequest.swift": .shares([.uploads]),
        "HTTPServing/Bodies/BodyMemory.swift": .shares([.requestMemory, .postMemory]),
        "HTTPServing/Connections/Connections.swift": .shares([.connections, .answerMemory, .streams]),
        "HTTPServing/Listener.swift": .shares([.connections]),
        "MM7Endpoint/MM7Endpoint.swift": .shares([.postMemory]),
        "Media/Disk.swift": .sharesNothing("calls of the system for those who have a permit already"),
        "Media/Fetching/Downloads.swift": .shares([.mediaDownloads]),
        "Media/MediaService.swift": .shares([.mediaDownloads]),
        "Media/Strict/StrictInspector.swift": .shares([.strictLooks]),
        "ObjectStorage/UploadService.swift": .shares([.uploads]),
        "ObjectStorage/UploadPermits.swift": .shares([.uploads]),
        "SQLStore/Transactions/Readers.swift": .shares([.reads]),
        "Submission/Cancellations/CancellationLane.swift": .shares([.cancellations]),
        "Submission/Contents/ContentCache.swift": .shares([.contentMemory]),
        "Submission/Lanes/Lane.swift": .shares([.submissions]),
        "Submission/SubmissionService.swift": .sharesNothing("a lane for each MMSC"),
        "Webhooks/AccessTokens.swift": .sharesNothing("calls with one token, of which one has a permit then"),
        "Webhooks/WebhookService.swift": .shares([.webhookCalls]),
        "Webhooks/CallPermits.swift": .shares([.webhookCalls]),
    ]

    /// What such a place is made of, as source text has it. A share may have a name of its own, `MediaShare`.
    private static let marks = [
        "WorkLoop<", "SharedPermits[(<]", "FairShare[(<]", "\\w*Share\\(\\s*\\.", "SubmissionShare\\(",
        "BodyMemory\\(", "Semaphore\\(", "sem_init", "WaitList<",
        "\\b(let|var) max([A-Z]\\w*)?(InFlight|Fetches|Uploads|Calls|Downloads|Connections|Jobs|Readers|Tasks)\\b",
        "\\b(let|var) \\w*(Permits|Slots|Places)\\b",
    ]

    /// Where the means are made, where tests' own peers are, and where settings are read and passed on.
    private static let means = [
        "Bench/", "Gateway/", "GatewayConfiguration/", "GatewayCore/Concurrency/", "GatewayCore/Sharing/", "MockMMSC/",
        "WorkLoop/", "mm7-gateway/",
    ]

    /// Code without comments, by its path below `Sources`.
    private static func code() throws -> [String: String] {
        let sources = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
            .appending(path: "Sources")
        let paths = try FileManager.default.subpathsOfDirectory(atPath: sources.path).filter { $0.hasSuffix(".swift") }
        return try paths.reduce(into: [:]) { code, path in
            let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
            code[path] = text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
                .joined(separator: "\n")
        }
    }

    private static func has(_ pattern: String, _ code: String) -> Bool {
        code.range(of: pattern, options: .regularExpression) != nil
    }

    @Test("all that lets only so many in is in the register, and nothing else is")
    func complete() throws {
        let found = try Self.code().filter { path, text in
            !Self.means.contains { path.hasPrefix($0) } && Self.marks.contains { Self.has($0, text) }
        }.keys

        #expect(Set(found).subtracting(Self.register.keys).sorted() == [])
        #expect(Set(Self.register.keys).subtracting(found).sorted() == [])
    }

    /// The memory for bodies makes its share of the resource that it is given.
    @Test("every shared resource has a fair share, and is in the register", arguments: SharedResource.allCases)
    func shared(resource: SharedResource) throws {
        let making = "(Share|SharedPermits|BodyMemory)(<[^(]*>)?\\(\\s*\\.\(resource.rawValue)\\b"

        #expect(try Self.code().values.contains { Self.has(making, $0) })
        #expect(Self.register.values.contains { $0.resources.contains(resource) })
    }
}
