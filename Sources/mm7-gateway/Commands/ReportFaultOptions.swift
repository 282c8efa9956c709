import ArgumentParser
import MockMMSC

/// The faults of delivery reports, each for a share of the messages that they report on.
struct ReportFaultOptions: ParsableArguments {
    @Option(help: "Posted twice.")
    var duplicate = 0.0

    @Option(help: "Posted before the answer; the others come in random order.")
    var reorder = 0.0

    @Option(help: "With Sender and Recipient exchanged, where the sender is known.")
    var swap = 0.0

    @Option(help: "With the recipient's number in another form: + and /TYPE=PLMN.")
    var national = 0.0

    @Option(help: "Preceded by a Deferred report.")
    var deferred = 0.0

    @Option(help: "Preceded by a report with a MessageID that nobody knows.")
    var unknownFirst = 0.0

    @Option(help: "Followed, where it said Retrieved, by a report that says Expired.")
    var lateFailure = 0.0

    @Flag(help: "All reports carry the same TransactionID.")
    var sameTransaction = false

    func validate() throws {
        try checkShares([
            ("duplicate", duplicate), ("reorder", reorder), ("swap", swap), ("national", national),
            ("deferred", deferred), ("unknown-first", unknownFirst), ("late-failure", lateFailure),
        ])
    }

    func apply(to faults: inout Faults) {
        faults.duplicate = duplicate
        faults.reorder = reorder
        faults.swap = swap
        faults.national = national
        faults.deferred = deferred
        faults.unknownFirst = unknownFirst
        faults.lateFailure = lateFailure
        faults.sameTransaction = sameTransaction
    }
}
