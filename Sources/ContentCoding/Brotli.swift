import CCompression

/// Brotli (RFC 7932), by the decoder that libcurl has loaded.
enum Brotli {
    /// Looked up once: the functions stay where they are as long as the process lives.
    private static let functions: Functions? = {
        var found = ccompression_brotli()
        guard ccompression_find_brotli(&found) != 0, let make = found.make, let decode = found.decode,
            let destroy = found.destroy
        else { return nil }
        return Functions(make: make, decode: decode, destroy: destroy)
    }()

    private struct Functions: Sendable {
        typealias Pointer = UnsafeMutableRawPointer

        let make: @convention(c) (Pointer?, Pointer?, Pointer?) -> Pointer?
        let decode:
            @convention(c) (
                Pointer?, UnsafeMutablePointer<Int>?, UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
                UnsafeMutablePointer<Int>?, UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?,
                UnsafeMutablePointer<Int>?
            ) -> Int32
        let destroy: @convention(c) (Pointer?) -> Void
    }

    static var isThere: Bool { functions != nil }

    static func decode(_ bytes: [UInt8], limitBytes: Int) -> ContentCoding.Result {
        guard let functions, let decoder = functions.make(nil, nil, nil) else { return .foreign }
        defer { functions.destroy(decoder) }
        var decoded = DecodedBytes(limitBytes: limitBytes)
        return bytes.withUnsafeBufferPointer { source in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: DecodedBytes.blockBytes) { block in
                var (input, inputCount) = (source.baseAddress, source.count)
                while true {
                    var (output, outputCount) = (block.baseAddress, block.count)
                    let code = functions.decode(decoder, &inputCount, &input, &outputCount, &output, nil)
                    guard decoded.append(block.prefix(block.count - outputCount)) else { return .tooLarge }
                    switch code {
                    // BROTLI_DECODER_RESULT_SUCCESS, _NEEDS_MORE_INPUT, _NEEDS_MORE_OUTPUT
                    case 1: return .whole(decoded.bytes)
                    case 2: return .broken(decoded.bytes)
                    case 3: continue
                    // Nothing at its start says that it is Brotli.
                    default: return .foreign
                    }
                }
            }
        }
    }
}
