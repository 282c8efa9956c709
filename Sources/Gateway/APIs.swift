package import GatewayCore
import SMSAPI

/// The API by which an owner is notified.
package struct APIs: Sendable {
    let fates: any FateReader
    let directory: CurrentDirectory
    let links: any MediaLinks
    let clock: any DomainClock

    func writer(for owner: Owner) -> any CallWriter {
        switch owner {
        case .servicePlan, .app, .project:
            SMSCallWriter(fates: fates, directory: directory, links: links, clock: clock)
        }
    }

    /// For a store: the targets of each event by the directory of that moment.
    package static func targets(in directory: CurrentDirectory) -> CallTargets {
        { occasion in
            switch occasion.owner {
            case .servicePlan, .app, .project: SMSCallWriter.targets(of: occasion, in: directory.now)
            }
        }
    }
}
