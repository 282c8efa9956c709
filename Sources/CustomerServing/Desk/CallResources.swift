import GatewayCore
import HTTPServing

/// What the calls of all customers' APIs share: one customer has no more of it by calling two of them.
package struct CallResources: Sendable {
    /// Memory for the bodies of requests, and for what is made of them.
    let bodyMemory: BodyMemory
    /// Processors for large bodies.
    let heavyWork: HeavyWork
    /// Responses that are written while they are read.
    let longResponses: LongResponses

    /// - Parameter memoryBytes: of all bodies at once and of what is decoded of them, small ones apart; half of it for one
    ///   caller.
    package init(memoryBytes: Int = 256 << 20, heavyWork: HeavyWork = HeavyWork()) {
        bodyMemory = BodyMemory(.requestMemory, limitBytes: memoryBytes, deadlines: Deadlines())
        self.heavyWork = heavyWork
        longResponses = LongResponses()
    }
}
