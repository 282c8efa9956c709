import GatewayCore
import Retention
import Testing

@Suite("The pace of removals")
struct RemovalPaceTests {
    private func step(work: Duration, commit: Duration = .zero) -> RemovalStep {
        var step = RemovalStep()
        (step.work, step.commit) = (work, commit)
        return step
    }

    @Test("the first step is short, and the next ones grow to 8 ms")
    func growing() {
        var pace = RemovalPace()
        #expect(pace.budget == .milliseconds(2))

        for _ in 0..<20 { _ = pace.took(step(work: pace.budget)) }

        #expect(pace.budget == .milliseconds(8))
    }

    @Test("a step that held up others for more than 20 ms is followed by one of half its length, 1 ms at the least")
    func shrinking() {
        var pace = RemovalPace()
        for _ in 0..<20 { _ = pace.took(step(work: pace.budget)) }

        _ = pace.took(step(work: .milliseconds(8), commit: .milliseconds(13)))
        #expect(pace.budget == .milliseconds(4))
        for _ in 0..<9 { _ = pace.took(step(work: .milliseconds(30))) }
        #expect(pace.budget == .milliseconds(1))
    }

    @Test("the writer is left alone for nine tenths of the time, the step's part of the commit included")
    func pauses() {
        var pace = RemovalPace()

        let pauses = [
            step(work: .milliseconds(8)), step(work: .milliseconds(4), commit: .milliseconds(3)),
            step(work: .milliseconds(4), commit: .seconds(1)), step(work: .zero),
        ].map { pace.took($0) }

        #expect(pauses == [.milliseconds(72), .milliseconds(63), .milliseconds(72), .zero])
    }
}
