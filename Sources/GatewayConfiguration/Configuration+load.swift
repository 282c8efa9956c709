package import ConfigurationReading
package import FoundationEssentials

extension Configuration {
    /// Reads the file, and the credentials and secrets it names, and checks all of it.
    ///
    /// Relative paths in the file are taken from the folder it is in.
    ///
    /// - Parameters:
    ///   - environment: returns the value of a variable, or nil.
    ///   - purpose: what the configuration is read for.
    ///   - readFile: returns the bytes of a file. Only a `CocoaError` that it throws is explained.
    /// - Throws: all faults, not just the first.
    package static func load(
        path: String, for purpose: ReadingSession.Purpose = .serving,
        environment: @escaping (String) -> String? = { ProcessInfo.processInfo.environment[$0] },
        readFile: @escaping (String) throws -> Data = PlainFile.contents
    ) throws(ConfigurationFaults) -> Configuration {
        let (configuration, session) = read(path: path, for: purpose, environment: environment, readFile: readFile)
        guard session.faults.isEmpty else { throw ConfigurationFaults(faults: session.faults) }
        return configuration
    }

    /// The configuration as far as it could be read, and all that was noticed on the way.
    package static func read(
        path: String, for purpose: ReadingSession.Purpose = .serving, environment: @escaping (String) -> String?,
        readFile: @escaping (String) throws -> Data
    ) -> (Configuration, ReadingSession) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        let session = ReadingSession(for: purpose, folder: folder, environment: environment, readFile: readFile)
        guard let members = session.object(inFile: path, at: ConfigurationPath(file: path)) else {
            return (Configuration(), session)
        }
        let reader = ConfigurationReader(members, at: ConfigurationPath(), in: session)
        var configuration = Configuration(reader, in: session)
        reader.finish()
        configuration.effective = .object(reader.effective)
        configuration.changedAtOnce = session.keysChangedAtOnce
        configuration.absences = session.absences
        return (configuration, session)
    }
}
