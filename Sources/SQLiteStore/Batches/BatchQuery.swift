/// Batches and how far they have come.
enum BatchQuery: String, Query {
    case insert = """
        INSERT INTO batch (
            id, owner, recipients, originator, is_originator_default, subject, is_subject_template, text, media_url,
            text_options, parameters_bytes, parameters, reporting, callback_url, client_reference, is_feedback_enabled,
            strict_validation, created_at, modified_at, send_at, expire_at, is_canceled, tags, revision)
        VALUES (
            :id, :owner, :recipients, :originator, :is_originator_default, :subject, :is_subject_template, :text,
            :media_url, :text_options, :parameters_bytes, :parameters, :reporting, :callback_url, :client_reference,
            :is_feedback_enabled, :strict_validation, :created_at, :modified_at, :send_at, :expire_at, :is_canceled,
            :tags, :revision)
        """

    case replace = """
        UPDATE batch
        SET owner = :owner, recipients = :recipients, originator = :originator,
            is_originator_default = :is_originator_default, subject = :subject,
            is_subject_template = :is_subject_template, text = :text, media_url = :media_url,
            text_options = :text_options, parameters_bytes = :parameters_bytes, parameters = :parameters,
            reporting = :reporting,
            callback_url = :callback_url, client_reference = :client_reference,
            is_feedback_enabled = :is_feedback_enabled, strict_validation = :strict_validation,
            created_at = :created_at, modified_at = :modified_at, send_at = :send_at, expire_at = :expire_at,
            is_canceled = :is_canceled, tags = coalesce(tags, :tags), revision = :revision
        WHERE id = :id
        """

    case putProgress = """
        INSERT INTO batch_progress (
            batch, owner, reporting, begins_at, open_count, receiver, revision, is_canceled, is_unexpanded, is_uniform,
            media_server, media_due_at, media_tries)
        VALUES (
            :batch, :owner, :reporting, :begins_at, :open_count, :receiver, :revision, 0, :is_unexpanded, :is_uniform,
            :media_server, :media_due_at, 0)
        ON CONFLICT (batch) DO UPDATE
        SET reporting = excluded.reporting, begins_at = excluded.begins_at, open_count = excluded.open_count,
            receiver = excluded.receiver, revision = excluded.revision, is_unexpanded = excluded.is_unexpanded,
            is_uniform = excluded.is_uniform, media_server = excluded.media_server,
            media_due_at = excluded.media_due_at, media_tries = 0, media_tried_at = NULL, media_reason = NULL,
            media_words = NULL, media_hash = NULL, media_type = NULL, media_bytes = NULL, media_name = NULL
        """

    case find = """
        SELECT batch.id, owner.kind, owner.name, recipients, originator, is_originator_default, subject,
            is_subject_template, text, media_url, text_options, parameters, reporting, callback_url, client_reference,
            is_feedback_enabled, strict_validation, created_at, modified_at, send_at, expire_at, is_canceled, tags,
            revision
        FROM batch
        JOIN owner ON owner.id = batch.owner
        WHERE batch.id = :id
        """

    /// For webhooks, which tell no parameters; these may be large.
    case findWithoutParameters = """
        SELECT batch.id, owner.kind, owner.name, recipients, originator, is_originator_default, subject,
            is_subject_template, text, media_url, text_options, NULL, reporting, callback_url, client_reference,
            is_feedback_enabled, strict_validation, created_at, modified_at, send_at, expire_at, is_canceled, tags,
            revision
        FROM batch
        JOIN owner ON owner.id = batch.owner
        WHERE batch.id = :id
        """

    case awaitBegin = """
        UPDATE batch_progress
        SET media_due_at = begins_at
        WHERE batch = :batch AND media_due_at IS NOT NULL
        """

    case setTags = "UPDATE batch SET tags = :tags WHERE id = :id AND owner = :owner"

    /// What the groups of a batch need to become messages.
    case unexpanded = """
        SELECT batch.owner, batch.recipients, batch.reporting, batch.expire_at
        FROM batch_progress
        JOIN batch ON batch.id = batch_progress.batch
        WHERE batch_progress.batch = :batch AND batch_progress.revision = :revision AND batch_progress.is_unexpanded
        """

    /// Some of the members, and more to come.
    case countExpanded = "UPDATE batch_progress SET open_count = open_count + :opened WHERE batch = :batch"

    case recordExpansion = """
        UPDATE batch_progress
        SET is_unexpanded = 0, open_count = open_count + :opened,
            media_due_at = CASE WHEN open_count + :opened > 0 THEN media_due_at END
        WHERE batch = :batch
        """

    /// What decides whether a batch may still be changed, and what a cancellation does.
    case standing = """
        SELECT batch.owner, batch.is_canceled, batch.revision, batch_progress.begins_at, batch_progress.is_unexpanded
        FROM batch
        JOIN batch_progress ON batch_progress.batch = batch.id
        WHERE batch.id = :id
        """

    case cancel = """
        UPDATE batch
        SET is_canceled = 1, modified_at = :now
        WHERE id = :id
        """

    case cancelProgress = """
        UPDATE batch_progress
        SET is_canceled = 1, is_unexpanded = 0, media_due_at = NULL
        WHERE batch = :batch
        """

    case clearOpenCount = "UPDATE batch_progress SET open_count = 0 WHERE batch = :batch"

    /// A batch that has ended needs no media any more.
    case countEnded = """
        UPDATE batch_progress
        SET open_count = open_count - :ended,
            media_due_at = CASE WHEN open_count > :ended OR is_unexpanded THEN media_due_at END
        WHERE batch = :batch
        """

    case progress = """
        SELECT reporting, open_count = 0 AND NOT is_unexpanded
        FROM batch_progress
        WHERE batch = :batch
        """

    /// All messages are due.
    case recordReady = """
        UPDATE batch_progress
        SET media_due_at = NULL
        WHERE batch = :batch AND media_due_at IS NOT NULL
        """

    /// Nothing changes when the media is not wanted any more. What some of the messages are sent with stays.
    case recordMedia = """
        UPDATE batch_progress
        SET media_reason = NULL, media_words = NULL, media_hash = coalesce(media_hash, :hash),
            media_type = coalesce(media_type, :type), media_bytes = coalesce(media_bytes, :bytes),
            media_name = coalesce(media_name, :name)
        WHERE batch = :batch AND media_due_at IS NOT NULL
        """

    /// Whether messages of the batch still wait to be made due, whether some are because the media is here, and whether the
    /// time is still to come that the customer chose.
    case preparation = """
        SELECT media_due_at IS NOT NULL, media_hash IS NOT NULL, coalesce(begins_at > :now, 0)
        FROM batch_progress
        WHERE batch = :batch AND revision = :revision
        """

    case postponeMedia = """
        UPDATE batch_progress
        SET media_due_at = :until, media_tries = media_tries + :tries, media_tried_at = :now,
            media_reason = coalesce(:reason, media_reason),
            media_words = CASE WHEN :reason IS NULL THEN media_words ELSE :words END
        WHERE batch = :batch AND revision = :revision AND media_due_at IS NOT NULL
        """

    case recordMediaWords = "UPDATE batch_progress SET media_words = :words WHERE batch = :batch"

    case media = """
        SELECT media_hash, media_type, media_bytes, media_name
        FROM batch_progress
        WHERE batch = :batch AND media_hash IS NOT NULL
        """
}
