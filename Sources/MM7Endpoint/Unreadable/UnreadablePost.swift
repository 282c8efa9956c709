import FoundationEssentials
import GatewayCore
import HTTPServing
import MM7

/// A post of an MMSC that nobody could read, as an operator may see it.
package struct UnreadablePost: Codable, Sendable, Equatable {
    /// ISO 8601 in UTC.
    package let at: String
    package let mmsc: String
    /// Why it could not be read.
    package let reason: String
    package let contentType: String?
    /// The length of the whole body.
    package let byteCount: Int
    /// The beginning of the body, masked.
    package let text: String

    private enum CodingKeys: String, CodingKey {
        case at, mmsc, reason
        case contentType = "content_type"
        case byteCount = "bytes"
        case text
    }

    /// The most octets of a body that are looked at.
    static let limitBytes = 64 << 10

    /// - Parameter body: its beginning, at least `limitBytes` of it.
    init(
        _ body: ArraySlice<UInt8>, of byteCount: Int, contentType: String?, because error: MM7Error, from mmsc: String,
        at time: Date
    ) {
        at = time.inUTC
        self.mmsc = mmsc
        reason = PeerText("\(error)").description
        self.contentType = contentType.map(MaskedPost.shown)
        self.byteCount = byteCount
        text = MaskedPost.text(of: body.prefix(Self.limitBytes), contentType: contentType)
    }
}

extension UnreadablePost {
    /// The folder of such posts in a data directory.
    static func folder(in dataDirectory: String) -> String { dataDirectory + "/unreadable" }

    /// The posts that are kept, the newest first. Files that are none, and those that go while they are read, are left
    /// out.
    ///
    /// - Parameter mmsc: whose posts; nil for all.
    package static func kept(in dataDirectory: String, from mmsc: String? = nil) -> [UnreadablePost] {
        let folder = folder(in: dataDirectory)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let posts = names.filter { $0.hasSuffix(".json") }.compactMap { name -> UnreadablePost? in
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { return nil }
            return try? JSONDecoder().decode(UnreadablePost.self, from: data)
        }
        return posts.filter { mmsc == nil || $0.mmsc == mmsc }.sorted { $0.at > $1.at }
    }

    /// The file's content.
    var bytes: [UInt8] { JSONText.bytes(of: self) }
}
