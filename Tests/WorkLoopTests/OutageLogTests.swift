import Doubles
import GatewayCore
import Logging
import Testing

@testable import WorkLoop

@Suite("Lines about troubles that last")
struct OutageLogTests {
    private enum Trouble: Hashable {
        case store
        case receiver(String)
    }

    private let time = HandClock()
    private let lines = LogLines()
    private let log: OutageLog<Trouble>

    init() {
        log = OutageLog(lines.logger, clock: time.clock)
    }

    private func fail(_ trouble: Trouble) {
        log.failed(trouble, .warning, "It does not answer", metadata: ["trouble": "\(trouble)"])
    }

    @Test("the first failure is logged, and one of each half minute with the number of the others")
    func flood() {
        for _ in 0..<7 {
            fail(.store)
            time.pass(.seconds(10))
        }

        #expect(
            lines.texts == [
                "It does not answer trouble=store", "It does not answer others_before=2 trouble=store",
                "It does not answer others_before=2 trouble=store",
            ])
    }

    @Test("each trouble has its own lines, and each its own pause")
    func apart() {
        fail(.receiver("a"))
        fail(.receiver("b"))
        log.failed(.store, .error, "It is broken", each: .seconds(60), metadata: [:])
        time.pass(.seconds(31))
        fail(.receiver("a"))
        log.failed(.store, .error, "It is broken", each: .seconds(60), metadata: [:])

        #expect(
            lines.texts == [
                #"It does not answer trouble=receiver("a")"#, #"It does not answer trouble=receiver("b")"#,
                "It is broken", #"It does not answer trouble=receiver("a")"#,
            ])
    }

    @Test("the end says how long it lasted; where there was no trouble nothing is said")
    func end() {
        log.ended(.store, "It answers again")
        fail(.store)
        time.pass(.seconds(7))

        log.ended(.store, "It answers again", metadata: ["name": "north"])
        log.ended(.store, "It answers again")

        #expect(lines.texts == ["It does not answer trouble=store", "It answers again name=north outage_seconds=7"])
    }

    @Test("one success may end several troubles, with one line")
    func several() {
        fail(.receiver("a"))
        time.pass(.seconds(3))
        fail(.receiver("b"))
        time.pass(.seconds(4))

        log.ended(anyOf: ["a", "b", "c"].map { .receiver($0) }, "They answer again")

        #expect(lines.texts.last == "They answer again outage_seconds=7")
    }

    @Test("a failure that is not logged is said to be that")
    func said() {
        #expect(log.failed(.store, .warning, "It fails", metadata: [:]))
        #expect(!log.failed(.store, .warning, "It fails", metadata: [:]))
    }
}
