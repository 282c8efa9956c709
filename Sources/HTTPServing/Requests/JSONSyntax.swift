/// The JSON of a customer's body, looked at before it is decoded: whether it is JSON as RFC 8259 has it.
///
/// The decoder takes more than that: trailing commas, leading zeros, half of a surrogate pair, UTF-16, the first of two
/// members with the same name. What one reader takes and another reads differently is refused here. It is one pass over
/// the bytes, without a copy of any.
package enum JSONSyntax {
    /// What is wrong, and where.
    package struct Fault: Error, Equatable, Sendable, CustomStringConvertible {
        /// Octets before it.
        package let offset: Int
        /// Whether it is JSON as far as it was read, and more of it than is taken.
        package let isExcess: Bool
        private let text: StaticString

        init(at offset: Int, _ text: StaticString, isExcess: Bool = false) {
            self.offset = offset
            self.isExcess = isExcess
            self.text = text
        }

        package var description: String { "\(text), at octet \(offset)" }

        package static func == (left: Fault, right: Fault) -> Bool { left.description == right.description }
    }

    /// Brackets in brackets.
    package static let depthLimit = 64
    /// Octets of a member's name. Names are compared in ways whose cost grows faster than they do.
    package static let nameLimit = 256

    /// Members of the outermost object, and of one inside it: the decoder makes values of each, and no request has so
    /// many. Deeper there are values by number, of which there may be as many as the body has room for.
    package static let memberLimit = 1000

    /// Nil for JSON.
    package static func fault(in bytes: [UInt8]) -> Fault? {
        bytes.withUnsafeBufferPointer { bytes in
            var reader = JSONSyntaxReader(bytes: bytes)
            do throws(Fault) {
                try reader.read()
                return nil
            } catch {
                return error
            }
        }
    }
}
