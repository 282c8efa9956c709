package import CurlHTTP
package import GatewayCore
package import IPRanges
package import Telemetry

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
        /// Of one file.
        package var bytes: Int
        /// From the connection to the last byte.
        package var timeout: Duration
        /// Private, loopback and link-local ranges that may be fetched from all the same, asked for at each download.
        package var allowed: @Sendable () -> [IPRange]
        package var redirects: Int

        package init(
            bytes: Int = 1_000_000, timeout: Duration = .seconds(60),
            allowed: @autoclosure @escaping @Sendable () -> [IPRange] = [], redirects: Int = 3
        ) {
            self.bytes = bytes
            self.timeout = timeout
            self.allowed = allowed
            self.redirects = redirects
        }
    }

    /// A file and its type.
    package struct Fetched: Sendable, Equatable {
        package let bytes: [UInt8]
        /// That of the server, `image/jpeg`; where it calls everything octets, that of the first bytes.
        package let contentType: String
        /// That of the server, whatever it says.
        package let declaredType: String
    }

    package func fetch(_ url: String) async throws(FetchFailure) -> Fetched {
        do {
            let fetched = try await download(url)
            telemetry.fetched(.fetched)
            return fetched
        } catch {
            // One that was ended says nothing of the server.
            if !Task.isCancelled { telemetry.fetched(error.isTemporary ? .failed : .refused) }
            throw error
        }
    }

    private func download(_ url: String) async throws(FetchFailure) -> Fetched {
        var request = HTTPRequest(method: .get, url: url)
        request.timeout = limits.timeout
        request.responseLimitBytes = limits.bytes
        request.maxRedirects = limits.redirects
        request.addressPolicy = .publicOnly(allowing: limits.allowed())
        let response: HTTPResponse
        do {
            response = try await client.send(request)
        } catch {
            throw FetchFailure(error)
        }
        return try Self.judge(response)
    }

    /// Whether a response is media that can be sent.
    static func judge(_ response: HTTPResponse) throws(FetchFailure) -> Fetched {
        switch response.status {
        case 200..<300: break
        case 408, 425, 429, 500...: throw FetchFailure(isTemporary: true, "the server answered \(response.status)")
        default: throw FetchFailure(isTemporary: false, "the server answered \(response.status)")
        }
        guard let declared = response.headers.first(named: "Content-Type") else {
            throw FetchFailure(isTemporary: false, "the answer has no Content-Type header")
        }
        guard !response.body.isEmpty else { throw FetchFailure(isTemporary: false, "the file is empty") }
        guard let declaredType = MediaType.essence(of: declared) else {
            throw FetchFailure(isTemporary: false, "the Content-Type is not of the form type/subtype")
        }
        var type = declaredType
        if type == "application/octet-stream" || type == "binary/octet-stream" {
            type = MediaFormat(startOf: response.body)?.contentTypes.first ?? type
        }
        guard MediaType.isCarried(type) else {
            throw FetchFailure(isTemporary: false, "a message cannot carry \(type)")
        }
        return Fetched(bytes: response.body, contentType: type, declaredType: declaredType)
    }
}

/// Why there is no media that may be sent.
package struct FetchFailure: Error, Sendable, Equatable {
    /// Whether asking again later may help.
    package let isTemporary: Bool
    /// What happened, without the URL: it may hold a customer's token.
    package let reason: PeerText

    package init(isTemporary: Bool, _ reason: String) {
        self.isTemporary = isTemporary
        self.reason = PeerText(reason)
    }

    init(_ failure: HTTPFailure) {
        switch failure.kind {
        case .invalidURL, .invalidRequest, .invalidResponse, .tooManyRedirects:
            self.init(isTemporary: false, failure.message)
        case .refusedAddress:
            self.init(isTemporary: false, "the host has to have a public address, this one has none")
        case .responseTooLarge(let limit):
            self.init(isTemporary: false, "a file may be at most \(ByteCount(limit)), this one is larger")
        case .unresolved, .connectionFailed, .tls, .timedOut, .connectionLost, .brokenCoding, .cancelled, .shutDown,
            .other:
            self.init(isTemporary: true, failure.message)
        }
    }
}
