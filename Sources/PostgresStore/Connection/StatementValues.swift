import SQLStore

/// The values of a statement's parameters as libpq takes them: texts that end with a zero, and octets.
struct StatementValues {
    let count: Int
    private var bytes: [CChar] = []
    /// Where each value begins; nil for NULL.
    private var starts: [Int?]
    private var lengths: [Int32]
    private var formats: [Int32]

    init(count: Int) {
        self.count = count
        starts = Array(repeating: nil, count: count)
        lengths = Array(repeating: 0, count: count)
        formats = lengths
    }

    /// Forgets all values, so that a cached statement keeps no customer's text.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: bytes.capacity < Self.keptCapacity)
        for index in 0..<count { starts[index] = nil }
    }

    /// The most octets that are kept for the next values.
    private static let keptCapacity = 16_384

    mutating func set(_ value: SQLValue, at index: Int) {
        switch value {
        case .null:
            starts[index] = nil
            return
        case .integer(let number):
            begin(index, isBinary: false)
            StoredText.append(String(number), to: &bytes)
        case .text(let text):
            begin(index, isBinary: false)
            StoredText.append(text, to: &bytes)
        case .blob(let octets):
            begin(index, isBinary: true)
            bytes.append(contentsOf: octets.lazy.map(CChar.init(bitPattern:)))
            lengths[index] = Int32(clamping: octets.count)
        }
        bytes.append(0)
    }

    private mutating func begin(_ index: Int, isBinary: Bool) {
        starts[index] = bytes.count
        formats[index] = isBinary ? 1 : 0
    }

    func withPointers<Result>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Result
    ) -> Result {
        bytes.withUnsafeBufferPointer { bytes in
            let pointers = starts.map { start in start.flatMap { bytes.baseAddress?.advanced(by: $0) } }
            return pointers.withUnsafeBufferPointer { pointers in
                lengths.withUnsafeBufferPointer { lengths in
                    formats.withUnsafeBufferPointer { formats in
                        body(pointers.baseAddress, lengths.baseAddress, formats.baseAddress)
                    }
                }
            }
        }
    }
}
