package import FoundationEssentials
import Glibc

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

    /// Whether the file or folder at the path that a key gives is here, where the configuration is checked on another
    /// machine than the gateway's; one that is not is listed. Nil where it is read for anything else.
    package func isHere(_ key: String, _ path: String) -> Bool? {
        guard session.purpose == .checkingElsewhere else { return nil }
        if (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil { return true }
        return session.octets(ofFile: path, at: self.path.member(key)) != nil
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

/// Files that a configuration names.
package enum PlainFile {
    /// The octets of a file.
    ///
    /// - Throws: `CocoaError`, also for a folder, a pipe or a device: these are not waited for.
    package static func contents(of path: String) throws -> Data {
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG { throw CocoaError(.fileReadUnknown) }
        return try Data(contentsOf: URL(filePath: path))
    }
}
