/// Everything that is wrong with a configuration, so that one look at the terminal is enough to mend it.
package struct ConfigurationFaults: Error, Equatable {
    /// In the order in which the file is read; never empty.
    package var faults: [Fault]

    package init(faults: [Fault]) { self.faults = faults }

    package struct Fault: Equatable, Sendable {
        /// The key, as in `mmscs[1].url`; for another file with its name in front.
        package var path: String
        /// What is wrong and what to do. Never holds a value that may be secret.
        package var text: String

        package init(path: String, text: String) {
            self.path = path
            self.text = text
        }
    }
}

extension ConfigurationFaults: CustomStringConvertible {
    /// The faults, one on each line.
    package var description: String {
        faults.map(\.description).joined(separator: "\n")
    }
}

extension ConfigurationFaults.Fault: CustomStringConvertible {
    package var description: String { path.isEmpty ? text : "\(path): \(text)" }
}
