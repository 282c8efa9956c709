import FoundationEssentials
import GatewayCore
import Logging
import Operations

extension SteadyClock {
    /// The clock of a gateway, which logs the jumps of the machine's clock.
    ///
    /// - Parameter time: as the gateway before it left it; nil where that is not known.
    convenience init(logger: Logger, beginningAt time: Date? = nil) {
        self.init(
            beginningAt: time,
            onChange: { change in
                switch change {
                case .jumped(let time):
                    logger.error(
                        "The machine's clock jumped; it is not followed for five minutes",
                        metadata: ["seconds": .stringConvertible(Int(time.seconds))])
                case .returned:
                    logger.notice("The machine's clock is as it was before it jumped")
                case .followed(let time):
                    logger.error(
                        "The machine's clock has kept its jump for five minutes and is followed",
                        metadata: ["seconds": .stringConvertible(Int(time.seconds))])
                }
            })
    }
}

extension DomainClock {
    /// The warning of readiness while the machine's clock is not followed.
    var note: Readiness.CheckResult? {
        (self as? SteadyClock)?.disbelievedJump.map { jump in
            Readiness.CheckResult(
                name: "clock", failure: "the machine's clock jumped by \(Int(jump.seconds)) s and is not followed yet")
        }
    }
}
