import Foundation
import GatewayCore
import Testing

/// The list of everything in `Sources` that lets only so many in at once, and of what it shares out.
///
/// Whoever adds a place that many wait for adds it here: with the resource that a `FairShare` shares out there, or with
/// the reason why nobody can hold up anybody at it.
@Suite("Shared resources are shared by a fair share")
struct SharedResourceRegisterTests {
    private enum Use {
        case shares([SharedResource])
        /// Nothing that owners share, for this reason.
        case sharesNothing(StaticString)
    }

    private static let register: [String: Use] = [
        "SMSAPI/Plans/HeavyWork.swift": .shares([.heavyDecoding])
    ]

    /// What such a place is made of, as source text has it.
    private static let marks = [
        "Turnstile(", "WorkLoop<", "SharedPermits(", "SharedPermits<", "FairShare(", "FairShare<", "Semaphore",
        "sem_init",
        "Throttle(", "Gate(", "AsyncChannel",
    ]
    /// Words of bounds on how much goes on at once; those that only say how much of something there may be do not count.
    private static let bounds = [
        #"\b(let|var) max[A-Z]\w*(InFlight|Fetches|Uploads|Calls|Downloads|Connections|Jobs|Readers|Tasks)\b"#,
        #"\b(let|var) max(InFlight|Fetches|Uploads|Calls|Downloads|Connections|Jobs|Readers|Tasks)\b"#,
        #"\b(let|var) \w*(Permits|Slots|Places)\b"#,
    ]

    /// Where the means are made, tests' own peers are, and figures are read or only passed on.
    private static let means = [
        "GatewayCore/Sharing/", "MockMMSC/", "mm7-gateway/", "WorkLoop/", "GatewayCore/Concurrency/",
    ]

    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../../Sources"
    )
    .standardizedFileURL

    /// Code without comments, by its path below `Sources`.
    private static func code() throws -> [String: String] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: sources.path).filter { $0.hasSuffix(".swift") }
        return try paths.reduce(into: [:]) { code, path in
            let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
            code[path] = text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
                .joined(separator: "\n")
        }
    }

    private static func isBounded(_ code: String) -> Bool {
        marks.contains { code.contains($0) }
            || bounds.contains { code.range(of: $0, options: .regularExpression) != nil }
    }

    @Test("every place that lets only so many in is in the register, and nothing else is")
    func complete() throws {
        let code = try Self.code()
        let found = code.filter { path, text in
            !Self.means.contains { path.hasPrefix($0) } && Self.isBounded(text)
        }.keys

        #expect(Set(found).subtracting(Self.register.keys).sorted() == [])
        #expect(Set(Self.register.keys).subtracting(found).sorted() == [])
    }

    @Test("what the register says is shared there is shared there by a fair share")
    func shared() throws {
        let code = try Self.code()
        for (path, use) in Self.register {
            guard case .shares(let resources) = use, let text = code[path] else { continue }
            for resource in resources {
                let isFair = text.contains("FairShare") || text.contains("SharedPermits")
                #expect(isFair && text.contains(".\(resource.rawValue)"), "\(path): \(resource)")
            }
        }
    }

    @Test("every shared resource is shared somewhere", arguments: SharedResource.allCases)
    func used(resource: SharedResource) {
        let places = Self.register.values.filter { use in
            if case .shares(let resources) = use { resources.contains(resource) } else { false }
        }

        #expect(!places.isEmpty)
    }
}
