package import CurlHTTP
import GatewayCore
package import IPRanges
package import Telemetry
package import Trust

/// Downloads the media of a batch, once, within the limits.
package struct MediaFetcher: Sendable {
    private let client: HTTPClient
    private let limits: Limits
    private let telemetry: Telemetry

    package init(client: HTTPClient, limits: Limits, telemetry: Telemetry = .none) {
        self.client = client
        self.limits = limits
        self.telemetry = telemetry
    }

    package struct Limits: Sendable {
        /// The most bytes of one file.
        package var bytes: Int
        /// The limit for one download, from the connection to the last byte.
        package var timeout: Duration
        /// Private, loopback and link-local ranges that may be fetched from all the same, asked for at each download.
        package var allowed: @Sendable () -> [IPRange]
        /// How TLS is spoken, asked for at each download.
        package var trust: @Sendable () -> TLSTrust?
        package var redirects: Int

        package init(
            bytes: Int = 1_000_000, timeout: Duration = .seconds(60),
            allowed: @autoclosure @escaping @Sendable () -> [IPRange] = [],
            trust: @autoclosure @escaping @Sendable () -> TLSTrust? = nil, redirects: Int = 3
        ) {
            self.bytes = bytes
            self.timeout = timeout
            self.allowed = allowed
            self.trust = trust
            self.redirects = redirects
        }
    }

    /// A file and its type. Texts are in UTF-8 as far as they can be.
    package struct Fetched: Sendable, Equatable {
        package let bytes: [UInt8]
        /// The type under which it is sent, such as `image/jpeg`: the registered name, and that of the content where
        /// the server names another.
        package let contentType: String
        /// The type that the server named, unchanged.
        package let declaredType: String
        /// What the server calls the file; nil where it does not say.
        package var name: String?
    }

    package func fetch(_ url: String) async throws(FetchFailure) -> Fetched {
        do {
            let fetched = try await download(url)
            telemetry.fetched(.fetched)
            return fetched
        } catch {
            // A download that was cancelled says nothing about the server.
            if !Task.isCancelled { telemetry.fetched(error.isTemporary ? .failed : .refused) }
            throw error
        }
    }

    private func download(_ url: String) async throws(FetchFailure) -> Fetched {
        var request = HTTPRequest(method: .get, url: url)
        request.timeout = limits.timeout
        request.responseLimitBytes = limits.bytes
        request.decodesBody = true
        request.maxRedirects = limits.redirects
        request.trust = limits.trust()
        request.addressPolicy = .publicOnly(allowing: limits.allowed())
        let response: HTTPResponse
        do {
            response = try await client.send(request)
        } catch {
            throw FetchFailure(error)
        }
        return try Self.judge(response)
    }

    /// Judges under which type a response is sent.
    ///
    /// - Throws: where it is no media that can be sent.
    static func judge(_ response: HTTPResponse) throws(FetchFailure) -> Fetched {
        switch response.status {
        case 200..<300: break
        case 408, 425, 429, 500...:
            throw FetchFailure(.temporary, about: .status, "the server answered \(response.status)")
        default: throw FetchFailure(.permanent, about: .status, "the server answered \(response.status)")
        }
        guard let declared = response.headers.first(named: "Content-Type") else {
            throw FetchFailure(.permanent, about: .noType, "the answer has no Content-Type header")
        }
        guard !response.body.isEmpty else { throw FetchFailure(.permanent, about: .damage, "the file is empty") }
        let judgement = try Judgement(of: response.body, declared: declared)
        let disposition = response.headers.first(named: "Content-Disposition")
        return Fetched(
            bytes: judgement.bytes, contentType: judgement.contentType,
            declaredType: MediaType.essence(of: declared) ?? declared,
            name: disposition.flatMap(MediaName.init(contentDisposition:))?.text)
    }
}
