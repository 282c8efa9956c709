/// Looks at media before a batch is taken, for customers that ask for strict validation.
package protocol MediaInspector: Sendable {
    /// The rule that the media breaks, its limit and what was found, for the customer to read. Nil where it keeps all
    /// rules, and where it could not be had in good time: then it is looked at again when the batch is sent.
    ///
    /// - Parameter owner: who waits for the answer. What one of them waits for keeps no other waiting.
    func fault(inMediaAt url: String, of owner: Owner) async -> String?
}
