/// An inbound message whose media is to be put into its customer's bucket.
package struct UploadClaim: Sendable, Identifiable {
    package let inbound: Inbound
    package let owner: Owner
    package let token: UploadToken
    /// Rounds that ended with a pause which has passed.
    package let tries: Int

    package init(_ inbound: Inbound, of owner: Owner, token: UploadToken, tries: Int = 0) {
        self.inbound = inbound
        self.owner = owner
        self.token = token
        self.tries = tries
    }

    package var id: Inbound.ID { inbound.id }
}
