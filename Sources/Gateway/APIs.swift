import GatewayCore
import SMSAPI

/// Which API an owner's events are told in.
struct APIs: Sendable {
    let directory: CurrentDirectory
    let links: any MediaLinks
    let clock: any DomainClock

    func writer(for owner: Owner) -> any NoticeWriter {
        switch owner {
        case .servicePlan, .app: SMSNoticeWriter(directory: directory, links: links, clock: clock)
        }
    }
}
