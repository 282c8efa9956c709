import GatewayCore
import Testing

@testable import PostgresStore

@Suite("Names of objects in the shared bucket")
struct ObjectNamesTests {
    private let hash = String(repeating: "ab", count: 32)

    @Test("are given to one at a time, and never twice")
    func unique() {
        let names = ObjectNames()
        let (one, two) = (names.take(for: hash), names.take(for: hash))

        #expect(one != two)
        #expect([one, two].allSatisfy { $0.hasPrefix("ab/\(hash)-") && $0.utf8.count == 84 })
    }

    @Test("serve the next try where the last one failed, once and not for long")
    func again() {
        let names = ObjectNames()
        let name = names.take(for: hash)

        names.giveBack(name, of: hash)
        #expect(names.take(for: hash) == name)
        #expect(names.take(for: hash) != name)

        names.giveBack(name, of: hash)
        #expect(names.take(for: hash, now: .now + .seconds(1801)) != name)
    }
}
