import GatewayCore
import HTTPServing

/// What the calls of all customers' APIs share: a customer that calls two of them has no more of it.
package struct CallResources: Sendable {
    /// Memory for the bodies of requests, and for what is made of them.
    let bodyMemory: BodyMemory
    /// Processors for large bodies.
    let heavyWork: HeavyWork
    /// Responses that are written while they are read.
    let longResponses: LongResponses

    /// - Parameter memoryBytes: for all bodies at once and what is decoded of them, without the small ones; one caller
    ///   has half of it at most.
    package init(memoryBytes: Int = 256 << 20, heavyWork: HeavyWork = HeavyWork()) {
        bodyMemory = BodyMemory(.requestMemory, limitBytes: memoryBytes, deadlines: Deadlines())
        self.heavyWork = heavyWork
        longResponses = LongResponses()
    }
}
