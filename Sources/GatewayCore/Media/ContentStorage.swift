/// A bucket for the bytes of shared media, whose database has their names alone then.
///
/// Every object has a name of its own, is written once and never changed, so that the removal of one cannot hit content
/// that was stored again meanwhile.
package protocol ContentStorage: Sendable {
    /// When it returns, every gateway can read the object, and it survives a crash. Repeating it does no harm.
    ///
    /// - Parameters:
    ///   - hash: SHA-256 of the bytes, 64 hexadecimal digits.
    ///   - name: of letters, digits, dashes and slashes.
    func put(_ bytes: [UInt8], hash: String, as name: String) async throws(StoreFailure)
    /// - Parameter byteCount: how many bytes the object has.
    /// - Returns: nil where there is no such object.
    func bytes(of name: String, byteCount: Int) async throws(StoreFailure) -> [UInt8]?
    /// Removes an object, if it is there.
    func remove(_ name: String) async throws(StoreFailure)
}
