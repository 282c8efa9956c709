/// Why the store did not do what it was asked for. Nothing of the call was kept, unless the case says otherwise.
package enum StoreFailure: Error, Sendable, Equatable {
    /// It may work later: disk full, database locked, file system read-only. The text is the database's own.
    case unavailable(String)
    /// As `unavailable`, and nobody knows whether it was kept: the disk failed at the commit and at the next one, or
    /// the connection ended in it.
    case uncertain(String)
    /// It will not work again before somebody repairs it: corrupt file, a rule of the schema broken.
    case broken(String)
    /// The caller has as many reads in progress and waiting as it may have; the store itself works.
    case busy(String)
    /// The process is stopping.
    case closed
}

extension StoreFailure {
    /// Whether the same call may succeed later.
    package var mayPass: Bool {
        switch self {
        case .unavailable, .uncertain, .busy: true
        case .broken, .closed: false
        }
    }
}

extension StoreFailure: CustomStringConvertible {
    /// For logs and operators: what happened, without the name of the case.
    package var description: String {
        switch self {
        case .unavailable(let text), .uncertain(let text), .broken(let text), .busy(let text): text
        case .closed: "the store is closed"
        }
    }
}
