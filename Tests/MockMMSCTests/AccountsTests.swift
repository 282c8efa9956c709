import MM7
import Synchronization
import Testing

@testable import MockMMSC

@Suite("Accounts")
struct AccountsTests {
    @Test("a TransactionID is known again until so many others came, and each that is forgotten is told")
    func limit() {
        let forgotten = Mutex(0)
        let accounts = Accounts(limit: 2, prefix: "m") { forgotten.withLock { $0 += 1 } }

        let receipts = ["a", "a", "b", "c", "a"].map { accounts.take($0, recipients: 1) }

        #expect(receipts.map(\.messageID) == ["m-1", "m-1", "m-2", "m-3", "m-4"])
        #expect(receipts.map(\.isRepeated) == [false, true, false, false, false])
        #expect(accounts.transactionIDs == ["c", "a"])
        #expect(forgotten.withLock { $0 } == 2)
    }

    @Test("what is not taken is counted as received and gets no MessageID")
    func refused() throws {
        let accounts = Accounts(prefix: "m")

        accounts.refuse("a", recipients: 3)
        let before = try #require(accounts.accounts(of: ["a"]).first?.account)
        let receipt = accounts.take("a", recipients: 3)
        let after = try #require(accounts.accounts(of: ["a"]).first?.account)

        #expect((before.received, before.accepted, before.recipients) == (1, 0, 3))
        #expect(accounts.messageID(of: before) == nil)
        #expect(receipt == Accounts.Receipt(messageID: "m-1", isRepeated: false))
        #expect((after.received, after.accepted) == (2, 1))
        #expect(accounts.messageID(of: after) == "m-1")
    }

    @Test("a repetition gets the answer of the first, whatever it was to be itself")
    func details() {
        let accounts = Accounts(prefix: "m")

        let first = accounts.take("a", recipients: 2, details: "15550100002")
        let second = accounts.take("a", recipients: 2)
        let whole = accounts.take("b", recipients: 2)
        let again = accounts.take("b", recipients: 2, details: "15550100002")

        #expect(first.details == "15550100002")
        #expect(second == Accounts.Receipt(messageID: "m-1", isRepeated: true, details: "15550100002"))
        #expect(whole.details == nil)
        #expect(again.details == nil)
    }
}
