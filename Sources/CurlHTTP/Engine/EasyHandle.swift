import CCurl

/// Owns one libcurl easy handle and the memory that libcurl only borrows: header list and error text.
///
/// Used only on the loop's thread, for one request after the other.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private let errorText: UnsafeMutableBufferPointer<CChar>
    private var headerList: UnsafeMutablePointer<curl_slist>?

    init() throws(HTTPFailure) {
        guard let pointer = curl_easy_init() else {
            throw HTTPFailure(.other(code: Int(CURLE_OUT_OF_MEMORY.rawValue)), "libcurl has no memory for a request")
        }
        self.pointer = pointer
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0)
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headerList)
        errorText.deallocate()
    }

    /// Forgets the request; the handle must have left the multi handle.
    func reset() {
        curl_easy_reset(pointer)
        curl_slist_free_all(headerList)
        headerList = nil
    }

    func set(_ option: CURLoption, _ value: Int) throws(HTTPFailure) {
        try check(ccurl_set_long(pointer, option, value))
    }

    func set(_ option: CURLoption, offset value: Int) throws(HTTPFailure) {
        try check(ccurl_set_offset(pointer, option, curl_off_t(value)))
    }

    /// Sets a text option; libcurl copies the text.
    func set(_ option: CURLoption, _ value: String) throws(HTTPFailure) {
        try check(ccurl_set_string(pointer, option, value))
    }

    /// Sets the header lines in libcurl's own notation: `Name: value`, `Name;` for no value, `Name:` for no such field.
    func set(headerLines: [String]) throws(HTTPFailure) {
        for line in headerLines {
            guard let list = curl_slist_append(headerList, line) else { return try check(CURLE_OUT_OF_MEMORY) }
            headerList = list
        }
        try check(ccurl_set_list(pointer, CURLOPT_HTTPHEADER, headerList))
    }

    /// Makes libcurl write its explanation of a failure into our buffer.
    func collectErrorText() throws(HTTPFailure) {
        errorText.update(repeating: 0)
        try check(ccurl_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorText.baseAddress))
    }

    /// libcurl's explanation of the code. Text that might quote a URL is replaced by the general one.
    func explanation(of code: CURLcode) -> String {
        let text = errorText.baseAddress.map { String(cString: $0) } ?? ""
        let mayQuoteURL = text.contains("?") || text.contains("@") || text.contains("//")
        return text.isEmpty || mayQuoteURL ? String(cString: curl_easy_strerror(code)) : text
    }

    /// Makes libcurl close the connection after the request, because what else comes over it belongs to no known
    /// request. It may be called while the request goes on.
    func closeConnectionAfterwards() { _ = ccurl_set_long(pointer, CURLOPT_FORBID_REUSE, 1) }

    func number(_ info: CURLINFO) -> Int {
        var value = 0
        _ = ccurl_get_long(pointer, info, &value)
        return value
    }

    func offset(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        _ = ccurl_get_offset(pointer, info, &value)
        return Int(value)
    }

    func check(_ code: CURLcode) throws(HTTPFailure) {
        guard code == CURLE_OK else {
            throw HTTPFailure(.other(code: Int(code.rawValue)), String(cString: curl_easy_strerror(code)))
        }
    }
}
