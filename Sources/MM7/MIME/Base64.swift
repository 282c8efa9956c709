/// Base64 as MIME has it: lines of 76 characters ended by CRLF. (RFC 2045, 6.8)
enum Base64 {
    static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The two characters for each value of twelve bits, the first character in the lower octet.
    private static let pairs: [UInt16] = (0..<4096).map { bits in
        UInt16(alphabet[bits >> 6]) | UInt16(alphabet[bits & 63]) << 8
    }

    /// Encodes octets. `lineLength` is a multiple of four; zero writes one line.
    static func encode(_ bytes: ArraySlice<UInt8>, lineLength: Int = 76) -> [UInt8] {
        let length = (bytes.count + 2) / 3 * 4
        let lineEnds = lineLength > 0 && length > 0 ? (length - 1) / lineLength * 2 : 0
        let groupsPerLine = lineLength > 0 ? lineLength / 4 : .max
        return [UInt8](unsafeUninitializedCapacity: length + lineEnds) { output, count in
            pairs.withUnsafeBufferPointer { pairs in
                bytes.withUnsafeBufferPointer { input in
                    guard let text = UnsafeMutableRawPointer(output.baseAddress) else { return }
                    let whole = input.count / 3
                    var from = 0
                    var group = 0
                    while group < whole {
                        if group > 0 {
                            output[count] = 0x0D
                            output[count + 1] = 0x0A
                            count += 2
                        }
                        let lineEnd = group + min(groupsPerLine, whole - group)
                        while group < lineEnd {
                            let bits = Int(input[from]) << 16 | Int(input[from &+ 1]) << 8 | Int(input[from &+ 2])
                            let characters = UInt32(pairs[bits >> 12]) | UInt32(pairs[bits & 0xFFF]) << 16
                            text.storeBytes(of: characters.littleEndian, toByteOffset: count, as: UInt32.self)
                            from &+= 3
                            count &+= 4
                            group &+= 1
                        }
                    }
                    guard from < input.count else { return }

                    if group > 0, group % groupsPerLine == 0 {
                        output[count] = 0x0D
                        output[count + 1] = 0x0A
                        count += 2
                    }
                    let isPair = input.count - from == 2
                    let bits = Int(input[from]) << 16 | (isPair ? Int(input[from + 1]) << 8 : 0)
                    output[count] = alphabet[bits >> 18]
                    output[count + 1] = alphabet[bits >> 12 & 63]
                    output[count + 2] = isPair ? alphabet[bits >> 6 & 63] : UInt8(ascii: "=")
                    output[count + 3] = UInt8(ascii: "=")
                    count += 4
                }
            }
        }
    }
}
