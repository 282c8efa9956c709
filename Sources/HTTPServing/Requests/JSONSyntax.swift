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
        /// Whether it is valid JSON as far as it was read, but more of it than is taken.
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

    /// The deepest nesting of brackets.
    package static let depthLimit = 64
    /// The most octets of a member's name: the cost of comparing names grows faster than their length.
    package static let nameLimit = 256

    /// The most members of the outermost object, and of one directly inside it: the decoder makes a value of each, and
    /// no request needs so many. Deeper objects have values by telephone number, as many as the body has room for.
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
