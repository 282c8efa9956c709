/// Writes Unicode letters in ASCII (RFC 3492).
enum Punycode {
    private static let base = 36

    /// The encoded label; nil where it is longer than a label of a host name can be after `xn--`.
    static func encode(_ scalars: [Unicode.Scalar]) -> String? {
        let plain = scalars.filter(\.isASCII)
        var output = plain.map { UInt8($0.value) }
        if !plain.isEmpty { output.append(UInt8(ascii: "-")) }
        var (last, delta, bias, handled) = (128, 0, 72, plain.count)
        // More do not fit into a label, whatever they are.
        guard scalars.count <= longest else { return nil }
        while handled < scalars.count {
            guard let next = scalars.lazy.map({ Int($0.value) }).filter({ $0 >= last }).min() else { return nil }
            delta += (next - last) * (handled + 1)
            last = next
            for scalar in scalars {
                if scalar.value < last { delta += 1 }
                guard scalar.value == last else { continue }
                append(delta, bias, to: &output)
                bias = adapted(delta, isFirst: handled == plain.count, count: handled + 1)
                delta = 0
                handled += 1
            }
            delta += 1
            last += 1
        }
        return output.count <= longest ? String(decoding: output, as: UTF8.self) : nil
    }

    private static let longest = 63 - 4

    private static func append(_ delta: Int, _ bias: Int, to output: inout [UInt8]) {
        var (rest, k) = (delta, base)
        while true {
            let threshold = min(max(k - bias, 1), 26)
            guard rest >= threshold else { break }
            output.append(digit(threshold + (rest - threshold) % (base - threshold)))
            rest = (rest - threshold) / (base - threshold)
            k += base
        }
        output.append(digit(rest))
    }

    private static func digit(_ value: Int) -> UInt8 {
        UInt8(value < 26 ? value + Int(UInt8(ascii: "a")) : value - 26 + Int(UInt8(ascii: "0")))
    }

    /// The adaptation of the bias. (RFC 3492, 6.1)
    private static func adapted(_ delta: Int, isFirst: Bool, count: Int) -> Int {
        var rest = isFirst ? delta / 700 : delta / 2
        rest += rest / count
        var k = 0
        while rest > 455 {
            rest /= 35
            k += base
        }
        return k + 36 * rest / (rest + 38)
    }
}
