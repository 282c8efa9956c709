import DescribedAPI
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

/// A list that has five entries, and how it is asked for.
enum List: String, CaseIterable, Sendable {
    case batches, groups, inbounds
    case reports = "delivery_reports"

    func fill(_ face: Face) async throws {
        switch self {
        case .batches: for _ in 0..<5 { try await face.batch() }
        case .groups: for _ in 0..<5 { _ = try await face.group() }
        case .inbounds: for place in 0..<5 { try await face.insertInbound(place) }
        // No route leads there: they are final at once.
        case .reports:
            let batch = try await face.batch(["to": .array((1...5).map { .string("9990000000\($0)") })])
            #expect(try await face.recipients(of: batch.id).count == 5)
        }
    }
}

@Suite("Pages of lists")
struct PageTests {
    private let face = Face()

    private func numbers(_ list: List, _ query: String) async throws -> [Int] {
        let answer = try await face.call(.get, "\(list.rawValue)\(query)")
        #expect(answer.status == .ok, "\(answer.text)")
        let json = try answer.json
        #expect(json.names == ["count", "page", "page_size", list.rawValue])
        #expect(json[list.rawValue]?.items?.count == json["page_size"]?.int)
        return [json["count"], json["page"], json["page_size"]].map { $0?.int ?? -1 }
    }

    @Test(
        "the numbers are all there are, the page asked for, and how many it has", arguments: List.allCases,
        [
            ("", [5, 0, 5]), ("?page_size=2", [5, 0, 2]), ("?page_size=2&page=2", [5, 2, 1]),
            ("?page=1&page_size=5", [5, 1, 0]), ("?page=7", [5, 7, 0]), ("?page_size=100&page=0", [5, 0, 5]),
            ("?page=9223372036854775807&page_size=100", [5, Int.max, 0]), ("?page=&page_size=", [5, 0, 5]),
        ])
    func numbers(list: List, query: (String, [Int])) async throws {
        try await list.fill(face)

        #expect(try await numbers(list, query.0) == query.1)
    }

    @Test("pages have every entry once, in one order", arguments: List.allCases)
    func everyEntry(list: List) async throws {
        try await list.fill(face)
        let whole = try await face.call(.get, list.rawValue).json[list.rawValue]?.items

        var pages: [JSON] = []
        for page in 0..<3 {
            let answer = try await face.call(.get, "\(list.rawValue)?page_size=2&page=\(page)")
            pages += try answer.json[list.rawValue]?.items ?? []
        }

        #expect(pages == whole)
        #expect(Set(pages).count == 5)
    }

    @Test(
        "numbers out of range are refused, and so is what is none", arguments: List.allCases,
        [
            ("?page=-1", "400 syntax_constraint_violation"), ("?page_size=101", "400 syntax_constraint_violation"),
            ("?page_size=-1", "400 syntax_constraint_violation"),
            ("?page=9223372036854775808", "400 syntax_constraint_violation"),
            ("?page_size=-99999999999999999999", "400 syntax_constraint_violation"),
            ("?page=x", "400 syntax_invalid_parameter_format"), ("?page=1.0", "400 syntax_invalid_parameter_format"),
            ("?page=1e1", "400 syntax_invalid_parameter_format"), ("?page=-", "400 syntax_invalid_parameter_format"),
            ("?page_size=%zz", "400 syntax_invalid_parameter_format"),
        ])
    func outOfRange(list: List, query: (String, String)) async throws {
        #expect(try await face.call(.get, list.rawValue + query.0).refusal == query.1)
    }

    @Test("a page of nothing is for groups alone", arguments: List.allCases)
    func nothing(list: List) async throws {
        try await list.fill(face)

        if list == .groups {
            #expect(try await numbers(list, "?page_size=0") == [5, 0, 0])
        } else {
            let answer = try await face.call(.get, "\(list.rawValue)?page_size=0")
            #expect(try answer.refusal == "400 syntax_constraint_violation")
        }
    }

    @Test(
        "a time that is none is refused", arguments: [List.batches, .inbounds, .reports],
        [
            "start_date=yesterday", "end_date=1775122200", "start_date=2026-02-30", "end_date=2026-04-02T25:00Z",
            "start_date=0001-01-01T00:00%2B00:01",
        ])
    func times(list: List, query: String) async throws {
        let answer = try await face.call(.get, "\(list.rawValue)?\(query)")

        #expect(try answer.refusal == "400 syntax_invalid_parameter_format")
    }

    @Test("unknown parameters disturb nobody", arguments: List.allCases)
    func unknown(list: List) async throws {
        try await list.fill(face)

        #expect(try await numbers(list, "?tags=a&sort=up&&=&page%5B%5D=9&x=%00") == [5, 0, 5])
    }
}
