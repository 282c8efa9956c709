import FoundationEssentials
import GatewayCore
import Glibc

/// Tells a person what happens, one line for each thing, with the time.
struct Narrator: Sendable {
    func say(_ what: String) {
        let now = Date().milliseconds
        var seconds = time_t(now / 1000)
        var local = tm()
        localtime_r(&seconds, &local)
        let clock = [local.tm_hour, local.tm_min, local.tm_sec].map { Self.padded(Int($0), to: 2) }
        text("\(clock.joined(separator: ":")).\(Self.padded(Int(now % 1000), to: 3))  \(what)")
    }

    func text(_ text: String) {
        print(text)
        // Flushed so that it is seen at once, also through a pipe.
        fflush(nil)
    }

    private static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
