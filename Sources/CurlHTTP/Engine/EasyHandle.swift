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

    /// Unsets a text option, also where libcurl was built with a default.
    func unset(_ option: CURLoption) throws(HTTPFailure) {
        try check(ccurl_set_string(pointer, option, nil))
    }

    /// Sets the header lines in libcurl's own notation: `Name: value`, `Name;` for no value, `Name:` for no such field.
    func set(headerLines: [String]) throws(HTTPFailure) {
        for line in headerLines {
            guard let list = curl_slist_append(headerList, line) else { return try check(CURLE_OUT_OF_MEMORY) }
            headerList = list
        }
        try check(ccurl_set_list(pointer, CURLOPT_HTTPHEADER, headerList))
    }

    /// Forgets the request and keeps what is known of a login: the handle may serve only requests with the same.
    func resetKeepingLogin() throws(HTTPFailure) {
        try check(ccurl_set_list(pointer, CURLOPT_HTTPHEADER, nil))
        try set(CURLOPT_FORBID_REUSE, 0)
        curl_slist_free_all(headerList)
        headerList = nil
    }

    /// Makes libcurl write its explanation of a failure into our buffer.
    func collectErrorText() throws(HTTPFailure) {
        errorText.update(repeating: 0)
        try check(ccurl_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorText.baseAddress))
    }

    /// What libcurl wrote into our buffer, which may quote a URL.
    var ownWords: String { errorText.baseAddress.map { String(cString: $0) } ?? "" }

    /// libcurl's explanation of the code. Text that might quote a URL is replaced by the general one.
    func explanation(of code: CURLcode) -> String {
        let text = ownWords
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

    func text(_ info: CURLINFO) -> String {
        var value: UnsafePointer<CChar>?
        _ = ccurl_get_string(pointer, info, &value)
        return value.map { String(cString: $0) } ?? ""
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
