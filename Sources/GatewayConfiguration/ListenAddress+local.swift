extension ListenAddress {
    /// How this machine calls a server of ours that listens here, without a slash at the end.
    package var localURL: String {
        // A server on every address is reached on this machine's own.
        let host = ["0.0.0.0", "::", ""].contains(host) ? "127.0.0.1" : host
        return "http://\(ListenAddress(host: host, port: port))"
    }
}
