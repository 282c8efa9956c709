import Doubles
import GatewayCore
import Testing

@testable import MM7Endpoint

@Suite("Nonces of HTTP Digest")
struct NonceTests {
    private let hand = HandClock()

    @Test("are good once for each count, in any order that is not too far behind")
    func counts() {
        let book = NonceBook(clock: hand.clock)
        let nonce = book.nonce(for: "north")

        #expect([1, 2, 5, 4, 3].allSatisfy { book.take(nonce, $0, for: "north") })
        #expect([1, 2, 3, 4, 5].allSatisfy { !book.take(nonce, $0, for: "north") })
        #expect(book.take(nonce, 1000, for: "north"))
        #expect(book.take(nonce, 937, for: "north"))
        #expect(!book.take(nonce, 936, for: "north"))
        #expect(book.take(nonce, .max, for: "north"))
        #expect(!book.take(nonce, 6, for: "north"))
    }

    @Test("are good for five minutes")
    func age() {
        let book = NonceBook(clock: hand.clock)
        let nonce = book.nonce(for: "north")
        hand.pass(.seconds(299))
        #expect(book.take(nonce, 1, for: "north"))

        hand.pass(.seconds(1))
        #expect(!book.take(nonce, 2, for: "north"))
    }

    @Test("of others, of another MMSC and of before a start are not good")
    func foreign() {
        let book = NonceBook(clock: hand.clock)
        let nonce = book.nonce(for: "north")

        #expect(!book.take(nonce, 1, for: "south"))
        #expect(!NonceBook(clock: hand.clock).take(nonce, 1, for: "north"))
        #expect(!book.take(String(nonce.dropLast()), 1, for: "north"))
        #expect(!book.take("", 1, for: "north"))
        let other = (nonce.first == "0" ? "1" : "0") + nonce.dropFirst()
        #expect(!book.take(other, 1, for: "north"))
    }

    @Test("are forgotten at a bound, and none that was forgotten can be used again")
    func bound() {
        let book = NonceBook(clock: hand.clock)
        let first = book.nonce(for: "north")
        let unused = book.nonce(for: "north")
        #expect(book.take(first, 1, for: "north"))
        hand.pass(.seconds(1))

        for _ in 0..<NonceBook.memory { #expect(book.take(book.nonce(for: "north"), 1, for: "north")) }

        #expect(book.count <= NonceBook.memory)
        #expect(!book.take(first, 1, for: "north"))
        #expect(!book.take(first, 2, for: "north"))
        #expect(!book.take(unused, 1, for: "north"))
        hand.pass(.seconds(1))
        #expect(book.take(book.nonce(for: "north"), 1, for: "north"))
    }
}
