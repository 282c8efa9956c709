/// Follows the grammar from the first octet to the last. (RFC 8259, 2 to 8)
struct JSONSyntaxReader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    /// A bit for each open bracket, the innermost the lowest: 1 for that of an object.
    private var brackets: UInt64 = 0
    private var depth = 0
    /// Hashes of the names in the objects that are open.
    private var names: [UInt64] = []
    /// Where those of each open object begin.
    private var firstNames: [Int] = []

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    func fault(_ text: StaticString) -> JSONSyntax.Fault { JSONSyntax.Fault(at: position, text) }

    mutating func read() throws(JSONSyntax.Fault) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw fault("it begins with a byte order mark") }
        skipBlanks()
        while true {
            try readValue()
            skipBlanks()
            while depth > 0, take(isInObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
                try leave()
                skipBlanks()
            }
            guard depth > 0 else { break }
            guard take(UInt8(ascii: ",")) else { throw fault("a comma or a closing bracket is missing") }
            skipBlanks()
            if isInObject { try readName() }
        }
        guard position == bytes.count else { throw fault("something follows its end") }
    }

    /// Reads a value; of a value in brackets only the opening, down to its first value without brackets.
    private mutating func readValue() throws(JSONSyntax.Fault) {
        while true {
            switch next {
            case UInt8(ascii: "{"):
                try enter(isObject: true)
                // The caller closes the bracket.
                if next == UInt8(ascii: "}") { return }
                try readName()
            case UInt8(ascii: "["):
                try enter(isObject: false)
                if next == UInt8(ascii: "]") { return }
            case UInt8(ascii: "\""): return try readString()
            case UInt8(ascii: "t"): return try readWord("true")
            case UInt8(ascii: "f"): return try readWord("false")
            case UInt8(ascii: "n"): return try readWord("null")
            case UInt8(ascii: "-"): return try readNumber()
            case let octet? where (0x30...0x39).contains(octet): return try readNumber()
            case nil: throw fault("it ends where a value should be")
            default: throw fault("a value is missing")
            }
        }
    }

    private var isInObject: Bool { brackets & 1 == 1 }

    private mutating func enter(isObject: Bool) throws(JSONSyntax.Fault) {
        guard depth < JSONSyntax.depthLimit else { throw fault("it is nested too deep") }
        depth += 1
        brackets = brackets << 1 | (isObject ? 1 : 0)
        if isObject { firstNames.append(names.count) }
        position += 1
        skipBlanks()
    }

    private mutating func leave() throws(JSONSyntax.Fault) {
        if isInObject {
            let first = firstNames.removeLast()
            if names.count - first > 1 {
                names[first...].sort()
                for index in (first + 1)..<names.count where names[index - 1] == names[index] {
                    throw fault("an object has two members of one name")
                }
            }
            names.removeLast(names.count - first)
        }
        brackets >>= 1
        depth -= 1
    }

    private mutating func readName() throws(JSONSyntax.Fault) {
        guard next == UInt8(ascii: "\"") else { throw fault("the name of a member is missing") }
        if firstNames.count <= 2, names.count - (firstNames.last ?? 0) >= JSONSyntax.memberLimit {
            throw JSONSyntax.Fault(at: position, "an object has more than 1000 members", isExcess: true)
        }
        names.append(try readNameHash())
        skipBlanks()
        guard take(UInt8(ascii: ":")) else { throw fault("a colon is missing") }
        skipBlanks()
    }

    private mutating func readWord(_ word: StaticString) throws(JSONSyntax.Fault) {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.count,
            bytes[position..<end].elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: end - position))
        else { throw fault("a value is missing") }
        position = end
    }

    /// A minus sign, an integer without leading zeros, a fraction and an exponent. (RFC 8259, 6)
    private mutating func readNumber() throws(JSONSyntax.Fault) {
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try readDigits() }
        if take(UInt8(ascii: ".")) { try readDigits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try readDigits()
        }
    }

    private mutating func readDigits() throws(JSONSyntax.Fault) {
        let start = position
        while let next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) { position += 1 }
        guard position > start else { throw fault("a digit is missing") }
    }

    mutating func take(_ octet: UInt8) -> Bool {
        guard next == octet else { return false }
        position += 1
        return true
    }

    private mutating func skipBlanks() {
        while let next, next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 { position += 1 }
    }
}
