import CustomerServing
import GatewayCore
import Logging

/// A page of a list, as the API prints it: `{"contacts": [...], "next_page_token": ""}`.
struct ListPage<Element: Encodable & Sendable> {
    /// What the member is called that has the entries.
    let name: String
    let entries: [Entry]
    /// Where the rest begins; empty where there is none.
    let next: String
    /// How many there are in all; nil where the list does not say so.
    let totalSize: Int?

    struct Entry: Sendable {
        let json: Element
        /// About how many bytes it takes in the response.
        let byteCount: Int
    }

    init(_ name: String, _ entries: [Entry] = [], next: String? = nil, totalSize: Int? = nil) {
        self.name = name
        self.entries = entries
        self.next = next ?? ""
        self.totalSize = totalSize
    }

    func response(to call: ProjectCall) async throws -> APIResponse {
        let total = totalSize.map { #","total_size":\#($0)"# } ?? ""
        return try await ListResponse(
            opening: #"{"\#(name)":["#, closing: #"],"next_page_token":"\#(next)"\#(total)}"#, entries,
            byteCount: { $0.byteCount }, element: { $0.json }
        ).response(to: call)
    }
}

extension ListPage.Entry {
    /// One that is printed as it stands in the store; nil, and a line in the log, where it cannot be read.
    ///
    /// - Parameter byteCount: of what the store has.
    init?(byteCount: Int, logger: Logger, printing print: () throws(StoreFailure) -> Element) {
        do throws(StoreFailure) {
            json = try print()
        } catch {
            logger.error("An entry of a list cannot be read and is left out", metadata: ["error": "\(error)"])
            return nil
        }
        self.byteCount = byteCount + Self.frameBytes
    }

    /// Names of members, and what is not in the text of a row.
    private static var frameBytes: Int { 512 }
}
