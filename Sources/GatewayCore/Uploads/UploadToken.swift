/// What makes the keys of a message's objects unguessable: whoever can guess a key of a public bucket can read what is
/// there. It is kept until the message is uploaded, so that an upload that is made again writes the same objects.
package struct UploadToken: Sendable, Hashable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    /// 128 random bits.
    package static func random(from source: RandomSource = .system) -> UploadToken {
        UploadToken(source.octets(16).hexadecimal)
    }
}
