import CCurl

/// The same POST again and again by libcurl, with nothing of ours around it: what the gateway's exchanges are compared
/// with in measurements.
package struct BarePosts {
    private let url: String
    private let headerLines: [String]
    private let body: [UInt8]

    package init(url: String, contentType: String, body: [UInt8]) {
        self.url = url
        headerLines = ["Expect:", "Content-Type: \(contentType)"]
        self.body = body
    }

    /// Blocks until all are answered.
    ///
    /// - Parameter inFlight: how many wait for their answer at once.
    /// - Throws: when one is not answered, or with an error.
    package func run(_ count: Int, inFlight: Int) throws(HTTPFailure) {
        let multi = try MultiHandle(HTTPClient.Configuration())
        var handles: [UnsafeMutableRawPointer: EasyHandle] = [:]
        defer { for easy in handles.values { multi.remove(easy) } }
        // libcurl borrows the body, which stays where it is until the handles are gone.
        let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: body.count)
        defer { buffer.deallocate() }
        _ = buffer.initialize(from: body)
        for _ in 0..<min(inFlight, count) {
            let easy = try EasyHandle()
            try describe(easy, body: buffer)
            handles[easy.pointer] = easy
            try multi.add(easy)
        }
        var (begun, ended) = (handles.count, 0)
        while ended < count {
            try multi.perform()
            while let (pointer, code) = multi.nextEnded() {
                guard let easy = handles[pointer] else { continue }
                try easy.check(code)
                multi.remove(easy)
                ended += 1
                guard begun < count else { continue }
                begun += 1
                try multi.add(easy)
            }
            if ended < count { try multi.wait(atMostMilliseconds: 1_000) }
        }
    }

    private func describe(_ easy: EasyHandle, body: UnsafeMutableBufferPointer<UInt8>) throws(HTTPFailure) {
        try easy.set(CURLOPT_NOSIGNAL, 1)
        try easy.set(CURLOPT_FAILONERROR, 1)
        try easy.set(CURLOPT_PROXY, "")
        try easy.set(CURLOPT_URL, url)
        try easy.set(CURLOPT_POST, 1)
        try easy.set(CURLOPT_POSTFIELDSIZE_LARGE, offset: body.count)
        try easy.check(ccurl_set_pointer(easy.pointer, CURLOPT_POSTFIELDS, body.baseAddress))
        try easy.set(headerLines: headerLines)
        try easy.check(ccurl_set_callbacks(easy.pointer, nil, nil, nil, Self.dropAnswer, nil, nil, nil))
    }

    private static let dropAnswer: curl_write_callback = { _, size, count, _ in size * count }
}
