package import FoundationEssentials

/// Keys that name files and folders, which the gateway itself, or a library under it, reads later.
extension ConfigurationReader {
    /// The absolute path of a file and what is in it; nil where the key is absent or the file cannot be read, which has
    /// been reported.
    ///
    /// - Parameter check: the fault of what is in it, completing the path; nil where there is none.
    package func file(_ key: String, check: (Data) -> String?) -> (path: String, contents: Data)? {
        let place = path.member(key)
        guard let given = take(key), let name = parse(given, .path, at: place) else { return nil }
        show(key, .string(name))
        let path = session.absolute(name)
        guard let contents = session.octets(ofFile: path, at: place) else { return nil }
        if let fault = check(contents) { self.fault(key, "\(name) \(fault)") }
        return (path, contents)
    }

    /// The absolute path of a folder; nil as for a file.
    ///
    /// - Parameter check: the fault of the names in it.
    package func folder(_ key: String, check: ([String]) -> String?) -> String? {
        let place = path.member(key)
        guard let given = take(key), let name = parse(given, .path, at: place) else { return nil }
        show(key, .string(name))
        let path = session.absolute(name)
        guard let names = session.names(inFolder: path, at: place) else { return nil }
        if let fault = check(names) { self.fault(key, "\(name) \(fault)") }
        return path
    }
}

extension ValueFormat<String> {
    fileprivate static var path: ValueFormat {
        ValueFormat("the path of a file or folder") {
            $0.isEmpty ? nil : $0
        } show: {
            $0
        }
    }
}
