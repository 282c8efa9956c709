extension StoreFailure: CustomStringConvertible {
    /// For logs and operators: what happened, without the name of the case.
    package var description: String {
        switch self {
        case .unavailable(let text), .uncertain(let text), .broken(let text), .busy(let text): text
        case .closed: "the store is closed"
        }
    }
}
