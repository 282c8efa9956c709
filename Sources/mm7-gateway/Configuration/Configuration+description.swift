/// What `check-config` prints: the values in force, with secrets masked, in the form of the file itself.
extension Configuration: CustomStringConvertible, CustomDebugStringConvertible {
    var description: String { effective.json5() + "\n// configuration is valid" }

    var debugDescription: String { description }
}
