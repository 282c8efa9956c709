/// A medium of a batch as it was fetched.
package struct ReadMedium: Sendable {
    package let bytes: [UInt8]
    package let contentType: String
    /// What its server calls it; nil where its address says so.
    package let name: String?

    package init(bytes: [UInt8], contentType: String, name: String? = nil) {
        self.bytes = bytes
        self.contentType = contentType
        self.name = name
    }
}
