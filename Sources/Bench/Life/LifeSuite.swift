/// The orders by which releases are compared.
package enum LifeSuite {
    package static let orders: [LifeOrder] = [
        order { _ in },
        order { $0.hasOwnPictures = false },
        order {
            $0.makeLarge()
        },
        order {
            $0.makeLarge()
            $0.report = .full
        },
        order {
            $0.mmscDelay = .milliseconds(50)
            $0.inFlight = 64
        },
        order {
            $0.mediaDelay = .milliseconds(100)
        },
    ]

    private static func order(_ change: (inout LifeOrder) -> Void) -> LifeOrder {
        var order = LifeOrder()
        change(&order)
        return order
    }
}

extension LifeOrder {
    /// Batches of 200 with one picture.
    fileprivate mutating func makeLarge() {
        recipients = 200
        hasOwnPictures = false
        amount = .messages(20_000)
    }
}
