import Hummingbird

extension PeerContext {
    /// A parameter of the route's path with its percent-encoding undone; clients encode more or less of it. A plus sign
    /// stays a plus sign. (RFC 3986, 2.1)
    ///
    /// Text that is not percent-encoded UTF-8 comes as it is.
    package func pathParameter(_ name: String) -> String {
        let raw = parameters.get(name) ?? ""
        return raw.withoutPercentEncoding ?? raw
    }
}

extension StringProtocol {
    /// The text behind `%41`; nil where a percent sign is not followed by two digits, or the octets are no UTF-8.
    package var withoutPercentEncoding: String? {
        guard utf8.contains(UInt8(ascii: "%")) else { return String(self) }
        var bytes: [UInt8] = []
        var rest = Substring(self).utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }),
                let value = UInt8(Substring(digits), radix: 16)
            else { return nil }
            bytes.append(value)
            rest.removeFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
