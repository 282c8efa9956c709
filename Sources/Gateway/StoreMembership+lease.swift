import GatewayCore
import Operations

extension StoreMembership {
    /// Whether this gateway may send to MMSCs, as far as the store lets it. It is ready for customers either way.
    var lease: Readiness.CheckResult {
        Readiness.CheckResult(
            name: "lease",
            failure: secondsLeft > 0
                ? nil
                : "the store has not answered for seconds, so another gateway may send to the MMSCs; this one pauses")
    }
}
