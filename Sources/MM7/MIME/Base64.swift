/// Base64 as MIME has it: lines of 76 characters ended by CRLF. (RFC 2045, 6.8)
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()

    /// `lineLength` zero writes one line.
    static func encode(_ bytes: ArraySlice<UInt8>, lineLength: Int = 76) -> [UInt8] {
        let length = (bytes.count + 2) / 3 * 4
        let lineEnds = lineLength > 0 && length > 0 ? (length - 1) / lineLength * 2 : 0
        return [UInt8](unsafeUninitializedCapacity: length + lineEnds) { output, count in
            alphabet.withUnsafeBufferPointer { alphabet in
                bytes.withUnsafeBufferPointer { input in
                    var column = 0
                    var from = 0
                    while from < input.count {
                        if lineLength > 0, column == lineLength {
                            output[count] = 0x0D
                            output[count + 1] = 0x0A
                            count += 2
                            column = 0
                        }
                        let left = input.count - from
                        let second = left > 1 ? Int(input[from + 1]) : 0
                        let third = left > 2 ? Int(input[from + 2]) : 0
                        let group = Int(input[from]) << 16 | second << 8 | third
                        output[count] = alphabet[group >> 18]
                        output[count + 1] = alphabet[group >> 12 & 63]
                        output[count + 2] = left > 1 ? alphabet[group >> 6 & 63] : UInt8(ascii: "=")
                        output[count + 3] = left > 2 ? alphabet[group & 63] : UInt8(ascii: "=")
                        count += 4
                        column += 4
                        from += 3
                    }
                }
            }
        }
    }

    /// Skips whatever is not of the alphabet and ends at the padding, as mail software does.
    static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: bytes.count / 4 * 3 + 3) { output, count in
            values.withUnsafeBufferPointer { values in
                bytes.withUnsafeBufferPointer { input in
                    var group: UInt32 = 0
                    var digits = 0
                    for character in input {
                        let value = values[Int(character)]
                        if value == 0xFF {
                            if character == UInt8(ascii: "=") { break }
                            continue
                        }
                        group = group << 6 | UInt32(value)
                        digits += 1
                        if digits == 4 {
                            output[count] = UInt8(truncatingIfNeeded: group >> 16)
                            output[count + 1] = UInt8(truncatingIfNeeded: group >> 8)
                            output[count + 2] = UInt8(truncatingIfNeeded: group)
                            count += 3
                            group = 0
                            digits = 0
                        }
                    }
                    if digits > 1 {
                        output[count] = UInt8(truncatingIfNeeded: group >> (digits == 3 ? 10 : 4))
                        count += 1
                    }
                    if digits == 3 {
                        output[count] = UInt8(truncatingIfNeeded: group >> 2)
                        count += 1
                    }
                }
            }
        }
    }
}
