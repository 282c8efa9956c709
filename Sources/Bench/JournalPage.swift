import CurlHTTP
import FoundationEssentials

/// The journal of the MMSC, read over HTTP.
struct JournalPage {
    let url: String
    private let client: HTTPClient

    init(url: String) throws {
        client = try HTTPClient()
        // The MMSC prints its address as `http://host:port/mm7`.
        self.url = String(url.dropLast(4)) + "/journal?counts_only"
    }

    func received() async throws -> Int {
        struct Answer: Decodable {
            struct Counts: Decodable { let received: Int }
            let counts: Counts
        }
        let body = try await client.send(HTTPRequest(method: .get, url: url)).body
        return try JSONDecoder().decode(Answer.self, from: Data(body)).counts.received
    }

    func wait(until count: Int) async throws {
        for _ in 0..<10_000 {
            if try await received() >= count { return }
            try await Task.sleep(for: .milliseconds(2))
        }
        throw BenchFailure("nothing was sent within twenty seconds")
    }
}
