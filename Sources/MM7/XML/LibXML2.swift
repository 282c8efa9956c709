import CLibXML2

/// Initialises libxml2: its tables are filled at the first use without a lock, so all use of it waits for this.
enum LibXML2 {
    /// Read before any call of libxml2; the initialiser runs once, whatever thread is first.
    static let isReady: Void = xmlInitParser()
}
