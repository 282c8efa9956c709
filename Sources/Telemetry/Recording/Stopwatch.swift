/// How long something takes, by a clock that nobody sets: the time of day may be put back in the middle.
package struct Stopwatch: Sendable {
    private let start = ContinuousClock.now

    package init() {}

    package var elapsed: Duration { start.duration(to: .now) }
}
