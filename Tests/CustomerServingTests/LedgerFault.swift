import CustomerServing
import HTTPTypes

/// Why the ledger refuses a call: in another form than that of any API of the gateway.
struct LedgerFault: APIFault {
    let reason: String
    let status: HTTPResponse.Status
    var headers: HTTPFields = [:]

    init(_ refusal: CallRefusal) {
        reason = refusal.text
        status = refusal.status
        headers = refusal.headers
    }

    /// One that only the ledger has.
    static let closed = LedgerFault(reason: "The ledger is closed", status: .gone)

    private init(reason: String, status: HTTPResponse.Status) {
        self.reason = reason
        self.status = status
    }

    var body: [[String]] { [[String(status.code), reason]] }
}
