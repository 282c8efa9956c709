import Foundation
import GatewayCore
import Testing

@testable import Webhooks

@Suite("The signature of a webhook call")
struct SignatureTests {
    @Test("body, nonce and time are signed together with the secret's own bytes")
    func vector() {
        let body = Array(#"{"type":"recipient_delivery_report_mms","status":"Delivered"}"#.utf8)

        let signature = WebhookSignature(
            of: body, secret: Secret("a secret of ours"), nonce: "01K0000000000000000000NNCE",
            at: Date(timeIntervalSince1970: 1_790_000_000.75))

        #expect(
            signature.headers.map { "\($0.name): \($0.value)" } == [
                "x-sinch-webhook-signature-timestamp: 1790000000",
                "x-sinch-webhook-signature-nonce: 01K0000000000000000000NNCE",
                "x-sinch-webhook-signature-algorithm: HmacSHA256",
                "x-sinch-webhook-signature: 87KV2J5d5IvLxO4CTePDOSCavLLtNi+RtybhrgSW3A4=",
            ])
    }
}
