/// User name and password for HTTP Basic authentication (RFC 7617), or for Digest where a request says so. Its descriptions show neither.
package struct BasicCredentials: Sendable, Hashable {
    /// The user name, without a colon, at which it would end.
    package var username: String
    package var password: String

    package init(username: String, password: String) {
        self.username = username
        self.password = password
    }
}

extension BasicCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "BasicCredentials(***)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
