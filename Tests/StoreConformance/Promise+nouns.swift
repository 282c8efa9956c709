/// All promises, by what they are about. A store's tests check each list.
extension Promise {
    package static var batches: [Promise] {
        BatchPromises.all + ChangePromises.all + ListPromises.all + ParameterPromises.all + KeptAnswerPromises.all
            + KeptAnswerPromises.alone
    }

    /// About the store as a whole.
    package static var store: [Promise] {
        StartPromises.all + StartPromises.restored + RestoredBatchPromises.all + SizePromises.all
    }

    package static var claims: [Promise] {
        SubmissionPromises.all + TurnPromises.all + SharedRequestPromises.all + RepeatedRequestPromises.all
            + LeasePromises.all + CarrierPromises.all + ExpiryPromises.all + ClockSetBackPromises.all
            + ReleasePromises.all
    }

    package static var cancellations: [Promise] { CancellationPromises.all }

    package static var reports: [Promise] { ReportPromises.all + ReportedMessagePromises.all }

    package static var events: [Promise] { EventPromises.all + EventTurnPromises.all + CallPromises.all }

    package static var groups: [Promise] { GroupPromises.all + GroupPromises.batches }

    package static var inbounds: [Promise] {
        InboundPromises.all + InboundPromises.repetitions + UnreadPromises.all
    }

    package static var appMessages: [Promise] {
        AppSendPromises.all + UrgentPromises.all + AppMessageListPromises.all + LastAppMessagePromises.last
            + LastAppMessagePromises.offers
    }

    package static var uploads: [Promise] { UploadPromises.all + UploadPromises.claims }

    package static var apps: [Promise] { AppPromises.all }

    package static var contacts: [Promise] {
        ContactPromises.all + ContactPromises.changes + ContactPromises.conflicts + MergePromises.all
    }

    package static var conversations: [Promise] {
        ConversationPromises.all + ConversationListPromises.all + EngagementPromises.all + ListedMessagePromises.all
    }

    package static var appBatches: [Promise] {
        AppBatchPromises.all + AppBatchPromises.turns + AppBatchPromises.cancellations + AdvancePromises.all
    }

    package static var retention: [Promise] { RetentionPromises.all + RetentionPromises.kinds }

    package static var media: [Promise] { MediaPromises.all + MediaTurnPromises.all + MediaNeedPromises.all }
}
