/// What happened so far. Every submission is counted once as `received` and once under what became of it.
package struct Counts: Sendable, Equatable {
    /// Posts whose body was read, whatever it was.
    package var received = 0
    package var accepted = 0
    package var repeated = 0
    package var refused = 0
    package var dropped = 0
    package var violations = 0
    /// Posts without the right credentials; they are not among those received.
    package var unauthorized = 0

    /// Posts of reports, repetitions included.
    package var reportsPosted = 0
    /// Posts answered with 1000.
    package var reportsAnswered = 0
    /// Posts of a report that was posted before without a 1000.
    package var reportsRepeated = 0
    /// Reports that will not be posted again, for the tries are used up or the answer said no.
    package var reportsGivenUp = 0
}
