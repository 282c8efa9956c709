extension Base64 {
    /// The bit that is set in the value of an octet outside the alphabet.
    private static let invalid: UInt32 = 1 << 31

    /// What each character is worth at each of the four positions of a group. The three octets of a group are the sum of
    /// its values, the first one lowest, so that they can be stored at once. Four tables of 256, one after the other.
    private static let values: [UInt32] = {
        var values = [UInt32](repeating: invalid, count: 4 * 256)
        for (digit, character) in alphabet.enumerated() {
            for position in 0..<4 {
                let bits = UInt32(digit) << (18 - 6 * UInt32(position))
                values[position * 256 + Int(character)] = bits.byteSwapped >> 8
            }
        }
        return values
    }()

    /// Skips octets outside the alphabet. Padding ends the text, unless lines of base64 follow it, as from a peer that
    /// encodes line by line.
    static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        // One octet more than fits: a group is stored as four, of which the next group takes the last.
        [UInt8](unsafeUninitializedCapacity: bytes.count / 4 * 3 + 4) { output, count in
            values.withUnsafeBufferPointer { values in
                bytes.withUnsafeBytes { input in
                    count = decode(input, values, UnsafeMutableRawBufferPointer(output))
                }
            }
        }
    }

    private static func decode(
        _ input: UnsafeRawBufferPointer, _ values: UnsafeBufferPointer<UInt32>, _ output: UnsafeMutableRawBufferPointer
    ) -> Int {
        guard let text = input.baseAddress, let octets = output.baseAddress else { return 0 }
        var count = 0
        var from = 0
        /// Whether base64 goes on after padding; nil until that has been looked at.
        var isMore: Bool?
        while from < input.count {
            // Whole groups, which are nearly all of the text.
            while input.count &- from >= 4 {
                let characters = text.loadUnaligned(fromByteOffset: from, as: UInt32.self).littleEndian
                let group =
                    values[Int(characters & 0xFF)] | values[256 &+ Int(characters >> 8 & 0xFF)]
                    | values[512 &+ Int(characters >> 16 & 0xFF)] | values[768 &+ Int(characters >> 24)]
                guard group & invalid == 0 else { break }
                octets.storeBytes(of: group.littleEndian, toByteOffset: count, as: UInt32.self)
                from &+= 4
                count &+= 3
            }

            // A line end between two groups.
            if input.count - from >= 2, input[from] == 0x0D, input[from + 1] == 0x0A {
                from += 2
                continue
            }

            // A group with other characters inside, or the last one, digit by digit.
            var group: UInt32 = 0
            var digits = 0
            while digits < 4, from < input.count {
                let character = input[from]
                let value = values[digits * 256 + Int(character)]
                if value != invalid {
                    group |= value
                    digits += 1
                } else if character == UInt8(ascii: "=") {
                    from = isMore ?? hasMore(input, from) ? from + 1 : input.count
                    isMore = from < input.count
                    break
                }
                from += 1
            }
            for position in 0..<max(0, digits - 1) {
                output[count] = UInt8(truncatingIfNeeded: group >> UInt32(8 * position))
                count += 1
            }
        }
        return count
    }

    /// Whether only lines of base64 follow the line that padding ends.
    private static func hasMore(_ input: UnsafeRawBufferPointer, _ start: Int) -> Bool {
        var digits = 0
        var isAfterLine = false
        for index in start..<input.count {
            let character = input[index]
            if character == UInt8(ascii: "=") { continue }
            if character.isXMLSpace {
                isAfterLine = isAfterLine || character == UInt8(ascii: "\n")
                continue
            }
            let isDigit =
                character.isASCIIAlphanumeric || character == UInt8(ascii: "+") || character == UInt8(ascii: "/")
            guard isDigit, isAfterLine else { return false }
            digits += 1
        }
        return digits > 1
    }
}
