/// Everything that is wrong with a configuration, so that one look at the terminal is enough to mend it.
struct ConfigurationFaults: Error, Equatable {
    /// In the order in which the file is read; never empty.
    var faults: [Fault]

    struct Fault: Equatable, Sendable {
        /// The key, as in `mmscs[1].url`; of another file, its name before it.
        var path: String
        /// What is wrong and what to do. Never holds a value that may be secret.
        var text: String
    }
}

extension ConfigurationFaults: CustomStringConvertible {
    /// One fault a line.
    var description: String {
        faults.map(\.description).joined(separator: "\n")
    }
}

extension ConfigurationFaults.Fault: CustomStringConvertible {
    var description: String { path.isEmpty ? text : "\(path): \(text)" }
}
