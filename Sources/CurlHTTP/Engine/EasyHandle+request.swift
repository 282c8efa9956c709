import CCurl
import Trust

extension EasyHandle {
    /// Gives libcurl everything about a request except its callbacks.
    func describe(_ request: HTTPRequest, _ configuration: HTTPClient.Configuration) throws(HTTPFailure) {
        try collectErrorText()
        try limit(request)
        try describeConnection(of: request, configuration)
        try describeTrust(request.trust ?? configuration.trust)
        try set(CURLOPT_URL, request.url)
        try describe(configuration.verification)
        try describeMethod(of: request)
        try describeHeaders(of: request, configuration)
        if let credentials = request.credentials {
            switch request.authentication {
            case .basic: try check(ccurl_use_basic_authentication(pointer))
            case .digest: try check(ccurl_use_digest_authentication(pointer))
            }
            try set(CURLOPT_USERNAME, credentials.username)
            try set(CURLOPT_PASSWORD, credentials.password)
        }
        if let signature = request.signature {
            try sign(with: signature)
        }
    }

    private func sign(with signature: AWSSignature) throws(HTTPFailure) {
        try set(CURLOPT_AWS_SIGV4, signature.provider)
        try set(CURLOPT_USERNAME, signature.accessKeyID)
        try set(CURLOPT_PASSWORD, signature.secretAccessKey)
        // For peers that do not answer `Expect`, which S3 does.
        try set(CURLOPT_EXPECT_100_TIMEOUT_MS, 300)
    }

    private func limit(_ request: HTTPRequest) throws(HTTPFailure) {
        try set(CURLOPT_CONNECTTIMEOUT_MS, request.connectTimeout.wholeMilliseconds)
        try set(CURLOPT_TIMEOUT_MS, request.timeout.wholeMilliseconds)
        try check(ccurl_allow_only_http(pointer))
        if request.maxRedirects > 0 {
            try set(CURLOPT_FOLLOWLOCATION, 1)
            try set(CURLOPT_MAXREDIRS, min(request.maxRedirects, Int(Int16.max)))
        }
    }

    private func describeConnection(
        of request: HTTPRequest, _ configuration: HTTPClient.Configuration
    ) throws(HTTPFailure) {
        try set(CURLOPT_NOSIGNAL, 1)
        try check(ccurl_leave_lookups_behind(pointer))
        // With a proxy from the environment, the address policy would judge the proxy instead of the peer.
        try set(CURLOPT_PROXY, "")
        try set(CURLOPT_MAXAGE_CONN, max(1, Int(configuration.maxIdleAge.components.seconds)))
        try set(CURLOPT_MAXLIFETIME_CONN, max(1, Int(configuration.maxConnectionLife.components.seconds)))
        // A connection of HTTP/2 that always has a stream never ends, and so would never show a renewed certificate.
        switch request.trust?.identity == nil ? configuration.protocolVersion : .http1 {
        case .http1: try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        case .http2OverTLS: try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
        }
    }

    private func describe(_ verification: HTTPClient.Verification) throws(HTTPFailure) {
        guard verification != .all else { return }
        try set(CURLOPT_SSL_VERIFYPEER, 0)
        try set(CURLOPT_SSL_VERIFYHOST, 0)
        if case .key(let pin) = verification { try set(CURLOPT_PINNEDPUBLICKEY, pin) }
    }

    /// POST and PUT use libcurl's own options, so that it knows when a redirect turns them into GET; another method
    /// with a body is a POST with its name replaced.
    private func describeMethod(of request: HTTPRequest) throws(HTTPFailure) {
        let bodyBytes = request.body.reduce(0) { $0 + $1.count }
        switch request.method {
        case .put:
            try set(CURLOPT_UPLOAD, 1)
            try set(CURLOPT_INFILESIZE_LARGE, offset: bodyBytes)
        case .post:
            try set(CURLOPT_POST, 1)
            try set(CURLOPT_POSTFIELDSIZE_LARGE, offset: bodyBytes)
        case let method where bodyBytes > 0:
            try set(CURLOPT_POST, 1)
            try set(CURLOPT_POSTFIELDSIZE_LARGE, offset: bodyBytes)
            try set(CURLOPT_CUSTOMREQUEST, method.rawValue)
        case .get:
            try set(CURLOPT_HTTPGET, 1)
        case .head:
            try set(CURLOPT_NOBODY, 1)
        case let method:
            try set(CURLOPT_CUSTOMREQUEST, method.rawValue)
        }
    }

    private func describeHeaders(
        of request: HTTPRequest, _ configuration: HTTPClient.Configuration
    ) throws(HTTPFailure) {
        var lines: [String] = []
        // A signature would cover lines that remove a field: libcurl 7.88 names the field in SignedHeaders but does not
        // send it, which servers refuse.
        if request.signature == nil {
            // Waiting for "100 Continue" costs a second with peers that do not know it.
            lines.append("Expect:")
            if request.headers.first(named: "Content-Type") == nil {
                // libcurl would call any body of a POST a form.
                lines.append("Content-Type:")
            }
        }
        for (name, value) in request.headers {
            lines.append(HTTPHeaders.isBlank(value) ? "\(name);" : "\(name): \(value)")
        }
        try set(CURLOPT_USERAGENT, configuration.userAgent)
        try set(headerLines: lines)
    }
}

extension Duration {
    /// The milliseconds for libcurl, rounded up; never 0, which would mean no limit.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds < Int64(Int32.max) / 1000 else { return Int(Int32.max) }
        return Int(max(1, seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
    }
}
