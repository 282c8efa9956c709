import CLibXML2

/// libxml2 as a whole: its tables are filled at the first use without a lock, so everything of it waits for this.
enum LibXML2 {
    /// Touched before any call of libxml2; what stands behind it runs once, whatever the threads.
    static let isReady: Void = xmlInitParser()
}
