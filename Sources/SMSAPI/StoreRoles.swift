package import GatewayCore

/// What the API asks of a store, role by role.
package struct StoreRoles: Sendable {
    package var batches: any BatchStore
    package var reader: any BatchReader
    package var fates: any FateReader
    package var groups: any GroupStore
    package var inbounds: any InboundReader
    package var answers: any AnswerStore

    /// The roles of one store.
    package init(of store: any BatchStore & BatchReader & FateReader & GroupStore & InboundReader & AnswerStore) {
        batches = store
        reader = store
        fates = store
        groups = store
        inbounds = store
        answers = store
    }
}
