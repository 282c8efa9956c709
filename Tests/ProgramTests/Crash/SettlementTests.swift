import Foundation
import TestPeers
import Testing

/// Books that do not agree are found out: what the crash tests rest on.
@Suite("A settlement of accounts")
struct SettlementTests {
    private static let id = "01M7YY209D23YP62K5D19P7FP1"

    /// One message, sent once, taken, reported and told.
    private struct Books {
        var message = History.Message(
            id: id, name: Told.Name(batch: "B", recipient: "15550100001"), state: "delivered", messageID: "M1",
            attemptCount: 1, attempts: [Books.accepted(1)])
        var journal = Peer.Journal(
            counts: .init(
                received: 1, reset: 0, violations: 0, forgotten: 0, reportsAnswered: 1, reportsGivenUp: 0),
            submissions: [id: .init(received: 1, accepted: 1, recipients: 1, messageID: "M1")])
        var words = ["Delivered"]

        var faults: [String] {
            let told = Told()
            for word in words {
                told.note(Data(#"{"batch_id":"B","recipient":"15550100001","status":"\#(word)"}"#.utf8))
            }
            return Settlement(history: History([message]), journals: ["north": journal], told: told).faults
        }

        static func accepted(_ number: Int, isResend: Bool = false) -> History.Attempt {
            .init(number: number, mmsc: "north", event: "accepted", isResend: isResend, isAnswered: true)
        }

        static func ended(_ number: Int, mmsc: String = "north") -> History.Attempt {
            .init(number: number, mmsc: mmsc, event: "lease_ended", isResend: false, isAnswered: false)
        }

        static func unsent(_ number: Int, isResend: Bool = false) -> History.Attempt {
            .init(number: number, mmsc: "north", event: "postponed", isResend: isResend, isAnswered: false)
        }

        mutating func attempts(_ attempts: History.Attempt...) {
            message.attempts = attempts
            message.attemptCount = attempts.count
        }
    }

    @Test("books that agree have no fault, whether what was on the wire at a kill arrived or not", arguments: [1, 2])
    func agree(received: Int) {
        #expect(Books().faults == [])
        var books = Books()
        books.attempts(Books.ended(1), Books.accepted(2, isResend: true))
        books.journal.submissions[Self.id]?.received = received
        // The customer may be told twice in the same words.
        books.words = ["Delivered", "Delivered"]

        #expect(books.faults == [])
    }

    @Test("a repeat that met no connection counts as none")
    func refusedRepeat() {
        var books = Books()
        books.attempts(Books.ended(1), Books.unsent(2), Books.accepted(3, isResend: true))
        #expect(books.faults == [])

        books.attempts(Books.ended(1), Books.unsent(2, isResend: true), Books.accepted(3, isResend: true))
        #expect(books.faults.contains { $0.contains("attempt 2 is counted wrongly") })
    }

    @Test("a message that was lost on the way is found")
    func lost() {
        var books = Books()
        books.message.state = "submitted"
        #expect(books.faults.contains { $0.contains("is not final") })

        books = Books()
        books.words = []
        #expect(books.faults.contains { $0.contains("told [:]") })

        books = Books()
        books.message.state = "failed"
        #expect(books.faults.contains { $0.contains("taken as M1") })

        books = Books()
        books.journal.submissions = [:]
        #expect(books.faults.contains { $0.contains("received 0 times") })
    }

    @Test("a message that was sent twice without a reason is found")
    func twice() {
        var books = Books()
        books.journal.submissions[Self.id]?.received = 2
        #expect(books.faults.contains { $0.contains("received 2 times") })

        books = Books()
        books.attempts(Books.accepted(1), Books.accepted(2))
        #expect(books.faults.contains { $0.contains("without a reason") })

        books = Books()
        books.attempts(Books.ended(1), Books.accepted(2))
        #expect(books.faults.contains { $0.contains("counted wrongly") })

        books = Books()
        books.attempts(Books.ended(1, mmsc: "south"), Books.accepted(2, isResend: true))
        #expect(books.faults.contains { $0.contains("another MMSC") })

        books = Books()
        books.journal.submissions["\(Self.id)-4"] = .init(received: 1, accepted: 1, recipients: 4, messageID: "M2")
        #expect(books.faults.contains { $0.contains("received 5 copies") })
    }

    @Test("a customer who hears two different ends is found")
    func contradiction() {
        var books = Books()
        books.words = ["Delivered", "Unknown"]

        #expect(!books.faults.isEmpty)
    }
}
