package import FoundationEssentials

/// Which calls a caller would make.
package struct CallRequest: Sendable {
    /// Who is called, and where: what hangs at one server holds up nobody else.
    package typealias Share = FairShare<Owner, String>

    package var limit: Int
    /// How many calls each owner has in progress, and how many more it may have.
    package var share: Share
    package var leaseUntil: Date
    /// Where the last look ended, for owners with more targets than one look covers.
    package var cursor: CallClaims.Cursor
    /// The server that the calls of an owner to a target go to, by which they are shared.
    package var server: @Sendable (Owner, _ target: String) -> String
    /// How many calls an owner may get by its rate now; nil for an owner without one. The others stay due.
    package var allowance: @Sendable (Owner) -> Int? = { _ in nil }
    /// How many calls to a target may be in progress at its server; nil for no limit of its own.
    package var targetLimit: @Sendable (Owner, _ target: String) -> Int? = { _, _ in nil }

    package init(
        limit: Int, share: Share, leaseUntil: Date, cursor: CallClaims.Cursor = [:],
        server: @escaping @Sendable (Owner, _ target: String) -> String = { owner, target in
            target.isEmpty ? "\(owner)" : target
        }
    ) {
        self.limit = limit
        self.share = share
        self.leaseUntil = leaseUntil
        self.cursor = cursor
        self.server = server
    }
}

/// What one look for calls found.
package struct CallClaims: Sendable {
    /// The last target that was looked at, by the number of the owner in the store.
    package typealias Cursor = [Int: String]

    /// In the order in which the events happened.
    package var claims: [CallClaim]
    /// When the next call is due that has room and was not claimed; nil where there is none.
    package var nextDue: Date?
    package var cursor: Cursor

    package init(_ claims: [CallClaim], nextDue: Date?, cursor: Cursor = [:]) {
        self.claims = claims
        self.nextDue = nextDue
        self.cursor = cursor
    }
}
