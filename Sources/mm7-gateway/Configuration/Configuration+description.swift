/// What `check-config` prints: the values in force, with secrets masked, in the form of the file itself.
extension Configuration: CustomStringConvertible, CustomDebugStringConvertible {
    var description: String {
        var text = effective.json5()
        if server.publicURL == nil {
            text += "\n// server.public_url is not set: links to media begin with \(linkBase)"
        }
        return text + "\n// configuration is valid"
    }

    var debugDescription: String { description }
}
