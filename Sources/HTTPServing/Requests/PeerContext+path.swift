import Hummingbird

extension PeerContext {
    /// A parameter of the route's path with its percent-encoding undone; clients encode more or less of it. A plus sign
    /// is itself. (RFC 3986, 2.1)
    ///
    /// Text that is not percent-encoded UTF-8 comes as it is.
    package func pathParameter(_ name: String) -> String {
        let raw = parameters.get(name) ?? ""
        guard raw.utf8.contains(UInt8(ascii: "%")) else { return raw }
        var bytes: [UInt8] = []
        var rest = raw.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.allSatisfy(Self.isHexadecimal),
                let value = UInt8(Substring(digits), radix: 16)
            else { return raw }
            bytes.append(value)
            rest.removeFirst(2)
        }
        return String(validating: bytes, as: UTF8.self) ?? raw
    }

    private static func isHexadecimal(_ character: UInt8) -> Bool {
        Unicode.Scalar(character).properties.isASCIIHexDigit
    }
}
