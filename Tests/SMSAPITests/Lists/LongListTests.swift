import DescribedAPI
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite("Lists that are long")
struct LongListTests {
    private let face = Face()

    @Test("a list with long parameters reads as the batches do by themselves, in one order")
    func parameters() async throws {
        var ids: [String] = []
        for number in 0..<3 {
            let values: JSON = ["12025550141": .string(String(repeating: "é\(number)", count: 500))]
            let keys = (0..<12).map { ("key\($0)", values) }
            let batch = try await face.batch([
                "parameters": .object(Dictionary(uniqueKeysWithValues: number == 1 ? [] : keys))
            ])
            ids.insert(try #require(batch["id"]?.string), at: 0)
        }

        let answer = try await face.call(.get, "batches?page_size=2")

        let json = try answer.json
        #expect(json.names == ["count", "page", "page_size", "batches"])
        #expect(json["count"]?.int == 3 && json["page_size"]?.int == 2)
        var alone: [JSON] = []
        for id in ids.prefix(2) { alone.append(try await face.call(.get, "batches/\(id)").json) }
        #expect(json["batches"]?.items == alone)
        #expect(answer.headers[.contentType] == "application/json")
    }
}
