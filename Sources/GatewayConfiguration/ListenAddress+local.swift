extension ListenAddress {
    /// The URL by which this machine calls a server of ours that listens here, without a slash at the end.
    package var localURL: String {
        // A server that listens on every address is called on the loopback address.
        let host = ["0.0.0.0", "::", ""].contains(host) ? "127.0.0.1" : host
        return "http://\(ListenAddress(host: host, port: port))"
    }
}
