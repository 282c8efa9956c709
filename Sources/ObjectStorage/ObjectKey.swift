import Crypto
package import FoundationEssentials
package import GatewayCore

/// The name of an object in a bucket: `mms/2026/11/21/9f…/picture.jpg`.
///
/// It has only unreserved characters (RFC 3986, 2.3) and slashes, so its form is the same in the URL, in the canonical
/// request that is signed and in the bucket, whatever a signer does with percent-encoding.
package struct ObjectKey: Sendable, Hashable {
    package let text: String

    /// - Parameters:
    ///   - token: what makes the key unguessable, of unreserved characters: whoever can guess a key of a public bucket
    ///     can read what is there.
    ///   - name: the file's name as a sender gave it, which may be anything.
    package init(prefix: String, date: Date, token: String, name: String) {
        let day = date.formatted(Date.ISO8601FormatStyle().year().month().day().dateSeparator(.dash))
        text = "\(prefix)\(day.split(separator: "-").joined(separator: "/"))/\(token)/\(Self.fileName(name))"
    }

    /// The key of one file of an inbound message: the same each time it is asked, and another for each file, also where
    /// two have one name. Somebody who knows one of them cannot guess the others.
    package init(of file: Inbound.Medium.File, at index: Int, in upload: UploadClaim, bucket: Bucket) {
        let token = SHA256.hash(data: Array("\(upload.token.text) \(index)".utf8)).prefix(16).hexadecimal
        self.init(prefix: bucket.prefix, date: upload.inbound.receivedAt, token: token, name: file.name)
    }

    /// The last part of a path, with an underscore for each character that is not unreserved. Of a long name the end is
    /// kept, which has the extension.
    private static func fileName(_ given: String) -> String {
        let last =
            given.utf8.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }.last.map { Substring($0) } ?? ""
        let octets = last.unicodeScalars.map { isUnreserved($0) ? Character($0) : "_" }
        let name = String(octets.suffix(longestName))
        // A name of dots would lead to another path.
        return name.allSatisfy { $0 == "." } ? "file" : name
    }

    private static func isUnreserved(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~": true
        default: false
        }
    }

    private static let longestName = 100
}
