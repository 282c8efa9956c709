package import GatewayCore
import HTTPServing

/// Words and addresses of this API's webhooks.
package struct SMSNoticeWriter: NoticeWriter {
    private let directory: CurrentDirectory

    package init(directory: CurrentDirectory) {
        self.directory = directory
    }

    /// The call to the batch's own address, else to its plan's; nil for another API's batch, for a plan that is gone,
    /// and when there is no address.
    package func call(for notice: Notice) -> WebhookCall? {
        guard case .servicePlan(let id) = notice.batch.owner, let plan = directory.now.servicePlans[id],
            let url = notice.batch.callbackURL ?? plan.callbackURL
        else { return nil }
        return WebhookCall(
            url: url, body: Self.body(of: notice), secret: plan.callbackSecret, credentials: plan.callbackAccess)
    }

    private static func body(of notice: Notice) -> [UInt8] {
        switch notice.event.kind {
        case .messageChanged(let message):
            JSONText.bytes(of: RecipientReport(on: message, of: notice.batch.label))
        case .batchFinished:
            JSONText.bytes(
                of: BatchReport(
                    on: notice.batch, notice.tallies, detail: notice.batch.reporting == .full ? .full : .summary))
        }
    }
}
