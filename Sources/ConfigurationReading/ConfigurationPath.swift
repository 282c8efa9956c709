/// Where a value stands: `mmscs[1].url`, or `credentials.json: channel_credentials[0].channel` in another file.
package struct ConfigurationPath: Hashable, Sendable {
    /// nil: the configuration itself.
    private let file: String?
    private var steps: [Step] = []

    private enum Step: Hashable {
        case member(String)
        case element(Int)
    }

    package init(file: String? = nil) {
        self.file = file
    }

    package func member(_ key: String) -> ConfigurationPath { appending(.member(key)) }

    package func element(_ index: Int) -> ConfigurationPath { appending(.element(index)) }

    /// The path without indices and file name, the same for every element of a list: `mmscs[].url`.
    package var pattern: String { text { _ in "[]" } }

    private func appending(_ step: Step) -> ConfigurationPath {
        var longer = self
        longer.steps.append(step)
        return longer
    }

    private func text(index: (Int) -> String) -> String {
        steps.reduce(into: "") { text, step in
            switch step {
            case .member(let key): text += text.isEmpty ? key : "." + key
            case .element(let number): text += index(number)
            }
        }
    }
}

extension ConfigurationPath: CustomStringConvertible {
    package var description: String {
        let inside = text { "[\($0)]" }
        guard let file else { return inside }
        return inside.isEmpty ? file : "\(file): \(inside)"
    }
}
