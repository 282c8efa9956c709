import ConfigurationReading
package import Logging
package import Logs

extension Configuration {
    /// What is logged, and how.
    package struct Log: Sendable {
        package var level = Logger.Level.info
        package var format = LogFormat.text
        /// Whether each request has a line.
        package var access = false
    }
}

extension Configuration.Log {
    init(_ reader: ConfigurationReader) {
        reader.read("level", .word(), into: &level, reload: .atOnce)
        reader.read("format", .word(), into: &format, reload: .atOnce)
        reader.read("access", .flag, into: &access, reload: .atOnce)
    }
}
