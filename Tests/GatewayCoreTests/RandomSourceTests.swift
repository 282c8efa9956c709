import Synchronization
import Testing

@testable import GatewayCore

@Suite("Random numbers from a given source")
struct RandomSourceTests {
    @Test("a token is 128 bits of the source's")
    func token() {
        #expect(UploadToken.random(from: RandomSource { 0 }).text == String(repeating: "0", count: 32))
        #expect(UploadToken.random(from: RandomSource { .max }).text == String(repeating: "f", count: 32))
        #expect(UploadToken.random().text.count == 32)
    }

    @Test("a fraction is between 0 and 1, as the source has it")
    func fraction() {
        #expect(RandomSource { 0 }.fraction() == 0)
        #expect(RandomSource { .max }.fraction() == 1)
        #expect((0...1).contains(RandomSource.system.fraction()))
    }

    @Test("the machine's numbers differ")
    func system() {
        #expect(Set((0..<100).map { _ in RandomSource.system.next() }).count > 90)
    }
}
