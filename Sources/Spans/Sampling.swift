package import GatewayCore

/// Which traces are recorded.
package struct Sampling: Sendable, Equatable {
    /// The share of the traces that begin here, 0 to 1.
    package let ratio: Double

    package init(ratio: Double) {
        self.ratio = ratio
    }

    /// - Parameter parent: who has decided already; nil for a trace that begins here. The name of such a trace decides,
    ///   so that every process with the same ratio decides alike.
    package func records(_ trace: TraceID, below parent: TraceParent?) -> Bool {
        if let parent { return parent.isSampled }
        return ratio >= 1 || Double(trace.low >> 11) < ratio * Double(1 << 53)
    }
}
