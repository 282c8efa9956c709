import ArgumentParser
import ConfigurationReading
import MM7
import MockMMSC

/// The faults of submissions and their answers, each for a share of the messages.
struct AnswerFaultOptions: ParsableArguments {
    @Option(help: "The time from taking a message to its answer.", transform: Duration.fromOption)
    var delay = Duration.zero

    @Option(help: "The time over which each answer is sent, a few bytes at a time.", transform: Duration.fromOption)
    var slow = Duration.zero

    @Option(help: "Refused by a SubmitRsp with the code of --refusal.")
    var refuse = 0.0

    @Option(help: "Refused by a SOAP fault over HTTP 500, with the code of --refusal.")
    var fault = 0.0

    @Option(help: "The status code of refusals.")
    var refusal = 4006

    @Option(help: "Not taken, and answered 502 with a page in HTML.")
    var html = 0.0

    @Option(help: "Not taken, and answered 401 although the credentials are right.")
    var deny = 0.0

    @Option(help: "The connection is closed after the head of the request, and nothing is taken.")
    var reset = 0.0

    @Option(help: "Taken and not answered: the connection is closed.")
    var drop = 0.0

    @Option(help: "Taken, and answered only after --hang-time.")
    var hang = 0.0

    @Option(help: "How long a hanging answer takes, 30s unless another is given.", transform: Duration.fromOption)
    var hangTime = Duration.seconds(30)

    @Option(help: "Taken, and the connection is closed after half of the answer.")
    var half = 0.0

    @Option(help: "Taken, and answered under another TransactionID.")
    var misaddress = 0.0

    @Option(help: "Not taken for some of several recipients; answered 1100 with their numbers in Details.")
    var partial = 0.0

    func validate() throws {
        let answers = [
            ("refuse", refuse), ("fault", fault), ("html", html), ("deny", deny), ("reset", reset), ("drop", drop),
            ("hang", hang), ("half", half), ("misaddress", misaddress),
        ]
        try checkShares(answers + [("partial", partial)])
        let sum = answers.reduce(0) { $0 + $1.1 }
        // Ten times 0.1 may be a little more than 1.
        guard sum <= 1 + 1e-9 else {
            let names = answers.map { "--\($0.0)" }.joined(separator: ", ")
            throw ValidationError("\(names) must be 1 at most in sum, and are \(sum)")
        }
        guard (2000...9999).contains(refusal) else {
            throw ValidationError("--refusal must be a status code that is no success, and is \(refusal)")
        }
    }

    func apply(to faults: inout Faults) {
        faults.delay = delay
        faults.slow = slow
        faults.refuse = refuse
        faults.fault = fault
        faults.refusal = StatusCode(rawValue: refusal)
        faults.html = html
        faults.deny = deny
        faults.reset = reset
        faults.drop = drop
        faults.hang = hang
        faults.hangTime = hangTime
        faults.half = half
        faults.misaddress = misaddress
        faults.partial = partial
    }
}

/// - Throws: `ValidationError` for the first value that is no share.
func checkShares(_ shares: [(name: String, share: Double)]) throws {
    for (name, share) in shares where !(0...1).contains(share) {
        throw ValidationError("--\(name) must be 0 to 1, and is \(share)")
    }
}

extension Duration {
    /// For options: `250ms`, `5s`, `2m`.
    static func fromOption(_ text: String) throws -> Duration {
        guard let duration = Duration(text: text) else {
            throw ValidationError("a duration is written as 250ms, 5s or 2m, and not '\(text)'")
        }
        return duration
    }
}
