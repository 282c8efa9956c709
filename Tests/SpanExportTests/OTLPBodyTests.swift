import Foundation
import GatewayCore
import Testing
import Tracing

@testable import SpanExport
@testable import Spans

@Suite("Spans on the wire")
struct OTLPBodyTests {
    static func span(_ name: String = "POST /xms/v1/{plan}/batches") -> FinishedSpan {
        FinishedSpan(
            name: name, kind: .server,
            place: TraceParent(
                trace: TraceID(high: 0x0AF7_6519_16CD_43DD, low: 0x8448_EB21_1C80_319C),
                span: SpanID(0xB7AD_6B71_6920_3331), isSampled: true),
            parent: SpanID(0x00F0_67AA_0BA9_02B7), begin: 1_796_048_400_123_000_001,
            end: 1_796_048_400_125_500_000,
            attributes: [
                .init(name: "http.request.method", value: .string("POST")),
                .init(name: "http.response.status_code", value: .int64(201)),
                .init(name: "is.true", value: .bool(true)), .init(name: "ratio", value: .double(0.5)),
            ], isError: false)
    }

    @Test("are as the JSON mapping of the OpenTelemetry protocol has them")
    func fixture() throws {
        var child = Self.span("SubmitReq \"north\"")
        child.kind = .client
        child.attributes = []
        child.isError = true
        var root = Self.span("GET")
        root.parent = nil
        root.kind = .internal
        root.attributes = []
        let url = try #require(Bundle.module.url(forResource: "Fixtures/spans", withExtension: "json"))
        // The fixture is laid out to be read; blanks stand nowhere within its texts but in names.
        let fixture = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
            .map { $0.trimmingCharacters(in: .whitespaces) }.joined()

        let bytes = OTLPBody([Self.span(), child, root], service: "mm7-gateway", version: "1.2.3").bytes

        #expect(String(decoding: bytes, as: UTF8.self) == fixture)
    }
}
