// The entry points of libFuzzer, and what all targets have in common. `run` builds these files and Sources/MM7 as one
// module and calls the program by the name of a target.

/// One way into the reader that takes bytes from outside.
enum FuzzTarget: String {
    case multipart, headers, soap, message

    /// Set once before the first input, on the only thread there is.
    nonisolated(unsafe) static var chosen = FuzzTarget.message

    func run(_ input: FuzzInput) {
        switch self {
        case .multipart: fuzzMultipart(input)
        case .headers: fuzzHeaders(input)
        case .soap: fuzzSOAP(input)
        case .message: fuzzMessage(input)
        }
    }
}

/// The bytes of one run: first some that choose limits and the like, then what is read.
struct FuzzInput {
    private(set) var rest: ArraySlice<UInt8>

    /// A number below 256, zero where there are no bytes left.
    mutating func choice() -> Int { rest.popFirst().map { Int($0) } ?? 0 }

    /// The bytes up to the next line feed, which is dropped.
    mutating func line() -> String {
        let line = rest.prefix { $0 != 0x0A }
        rest = rest.dropFirst(line.count + 1)
        return String(decoding: line, as: UTF8.self)
    }
}

/// What must hold for every input; a crash tells libFuzzer that it does not.
func require(_ condition: @autoclosure () -> Bool, _ promise: StaticString) {
    guard condition() else { fatalError("broken promise: \(promise)") }
}

@_cdecl("LLVMFuzzerInitialize")
public func initialize(
    _ count: UnsafeMutablePointer<Int32>, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafePointer<CChar>>>
) -> Int32 {
    let name = String(cString: arguments.pointee[0]).split(separator: "/").last.map(String.init) ?? ""
    guard let target = FuzzTarget(rawValue: name) else { fatalError("there is no target of the name \(name)") }
    FuzzTarget.chosen = target
    return 0
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    // A copy of the exact size, so that the address sanitizer sees a read past its end.
    FuzzTarget.chosen.run(FuzzInput(rest: Array(UnsafeBufferPointer(start: bytes, count: count))[...]))
    return 0
}
