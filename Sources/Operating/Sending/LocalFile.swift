import ConfigurationReading
import FoundationEssentials

/// A file of this machine as a message's medium.
package struct LocalFile: Sendable {
    package let bytes: [UInt8]
    /// The name for the URL: letters, digits, dots, dashes and underscores.
    package let name: String

    package init(bytes: [UInt8], name: String) {
        self.bytes = bytes
        let octets = (name.utf8.split(separator: UInt8(ascii: "/")).last ?? name.utf8[...]).map { octet in
            octet.isLetter || octet.isDigit || ".-_".utf8.contains(octet) ? octet : UInt8(ascii: "_")
        }
        self.name = String(decoding: octets, as: UTF8.self)
    }

    /// - Parameters:
    ///   - option: the option that names the file.
    ///   - limit: the most bytes it may have, and where that is set.
    /// - Throws: `SendFailure` when the file cannot be read, or is larger than the limit.
    package init(path: String, option: String, limit: (bytes: Int, name: String)) throws(SendFailure) {
        guard let data = try? Data(contentsOf: URL(filePath: path)) else {
            throw SendFailure("there is no file at \(path) that this user may read, which \(option) names")
        }
        guard data.count <= limit.bytes else {
            throw SendFailure(
                "\(path) is \(data.count) bytes long, and \(limit.name) is \(ByteSize(bytes: limit.bytes))")
        }
        self.init(bytes: Array(data), name: path)
    }

    /// The type by the extension; for other extensions the gateway looks at the first bytes.
    package var contentType: String {
        let suffix = name.utf8.lastIndex(of: UInt8(ascii: ".")).map { name[$0...].dropFirst().lowercased() }
        return suffix.flatMap { Self.types[$0] } ?? "application/octet-stream"
    }

    private static let types = [
        "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp",
        "mp4": "video/mp4", "3gp": "video/3gpp", "amr": "audio/amr", "mp3": "audio/mpeg", "m4a": "audio/mp4",
        "vcf": "text/vcard", "ics": "text/calendar", "txt": "text/plain", "pdf": "application/pdf",
    ]
}
