import GatewayCore
import Testing

@Suite("Whose messages go next")
struct SubmissionShareTests {
    private func queue(of customer: Int, magnitude: Int = 0) -> SubmissionShare.Queue {
        SubmissionShare.Queue(customer: customer, magnitude: magnitude)
    }

    @Test("customers get the same, however many queues each of them has")
    func customers() {
        let queues = [queue(of: 1), queue(of: 1, magnitude: 3), queue(of: 2)]

        #expect(SubmissionShare().allot(8, among: queues) == [2, 2, 4])
    }

    @Test("one permit at a time comes round to everybody, and to every kind of batch")
    func single() {
        let queues = [queue(of: 1, magnitude: 3), queue(of: 2), queue(of: 1)]
        var turns = SubmissionShare()
        var counts = [0, 0, 0]
        for _ in 0..<8 {
            for (index, count) in turns.allot(1, among: queues).enumerated() where count > 0 {
                counts[index] += count
                turns.take(queues[index])
                turns.giveBack(queues[index])
            }
        }

        #expect(counts == [2, 4, 2])
    }

    @Test("who has much under way waits for those who have less")
    func underWay() {
        var turns = SubmissionShare()
        for _ in 0..<6 { turns.take(queue(of: 1)) }

        #expect(turns.allot(4, among: [queue(of: 1), queue(of: 2)]) == [0, 4])
        #expect(turns.allot(10, among: [queue(of: 1), queue(of: 2)]) == [2, 8])
    }

    @Test("alone, a customer has all the places, and no more than there are")
    func alone() {
        var turns = SubmissionShare(capacity: 32)
        turns.take(queue(of: 1))

        #expect(turns.allot(100, among: [queue(of: 1)]) == [31])
    }

    @Test("what is urgent has its customer's share first, and the customer's others have the rest")
    func urgent() {
        let urgent = SubmissionShare.Queue(customer: 1, magnitude: 3, isUrgent: true)
        let queues = [queue(of: 1), urgent, queue(of: 1, magnitude: 2), queue(of: 2)]

        #expect(SubmissionShare().allot(8, among: queues, waiting: { _ in 2 }) == [1, 2, 1, 4])
        #expect(SubmissionShare().allot(8, among: queues, waiting: { _ in 9 }) == [0, 4, 0, 4])
        #expect(SubmissionShare().allot(1, among: Array(queues.prefix(3)), waiting: { _ in 1 }) == [0, 1, 0])
    }

    @Test("what is urgent of a customer that has much under way waits as its others do")
    func urgentUnderWay() {
        var turns = SubmissionShare()
        let urgent = SubmissionShare.Queue(customer: 1, magnitude: 0, isUrgent: true)
        for _ in 0..<6 { turns.take(urgent) }

        #expect(turns.allot(4, among: [urgent, queue(of: 2)], waiting: { _ in 9 }) == [0, 4])
    }

    @Test("a thousand customers share sixty-four places one each")
    func many() {
        let queues = (1...1000).flatMap { customer in (0...3).map { queue(of: customer, magnitude: $0) } }

        let counts = SubmissionShare().allot(64, among: queues)

        #expect(counts.reduce(0, +) == 64)
        #expect(counts.max() == 1)
    }
}
