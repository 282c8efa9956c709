extension V001 {
    /// The messages of apps as their lists have them.
    static let appMessages = """
        -- A line in the lists of an app: a message that it sent or received.
        CREATE TABLE app_message (
            id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
            -- The numbers of the project and of the app among the owners.
            project BIGINT NOT NULL REFERENCES owner (id),
            owner BIGINT NOT NULL REFERENCES owner (id),
            -- 0: to a contact, 1: to the app.
            direction BIGINT NOT NULL CHECK (direction IN (0, 1)),
            is_of_conversation BOOLEAN NOT NULL,
            channel TEXT COLLATE "C" NOT NULL,
            identity TEXT COLLATE "C" NOT NULL,
            contact TEXT COLLATE "C",
            conversation TEXT COLLATE "C",
            accepted_at BIGINT NOT NULL,
            -- After that time it is in no list; NULL: no such time.
            kept_until BIGINT,
            batch TEXT COLLATE "C" REFERENCES batch (id),
            inbound TEXT COLLATE "C" REFERENCES inbound (id) ON DELETE CASCADE,
            -- Which of the messages that the inbound message makes, from 0.
            number BIGINT,
            CHECK ((batch IS NULL) <> (inbound IS NULL)),
            CHECK ((inbound IS NULL) = (number IS NULL))
        ) WITH (\(isBusy));

        -- Each has what lists choose by, so that a line that is left out is not read.
        CREATE INDEX app_message_of_app ON app_message
            (owner, accepted_at, id, project, direction, is_of_conversation, channel, identity, kept_until);
        CREATE INDEX app_message_with ON app_message
            (project, identity, accepted_at, id, owner, direction, is_of_conversation, channel, kept_until);
        CREATE INDEX app_message_of_contact ON app_message
            (contact, accepted_at, id, project, owner, direction, is_of_conversation, channel, identity, kept_until)
            WHERE contact IS NOT NULL;
        CREATE INDEX app_message_in_conversation ON app_message
            (conversation, accepted_at, id, contact, project, owner, direction, is_of_conversation, channel, identity,
                kept_until)
            WHERE conversation IS NOT NULL;
        -- Who has sent something to an app.
        CREATE INDEX app_message_received ON app_message (owner, identity, channel) WHERE direction = 1;
        CREATE INDEX app_message_age ON app_message (kept_until) WHERE kept_until IS NOT NULL;
        -- For lines that are removed with it.
        CREATE INDEX app_message_of_inbound ON app_message (inbound) WHERE inbound IS NOT NULL;
        -- A batch stays as long as one of these, or of its offers, has it.
        CREATE INDEX app_message_of_batch ON app_message (batch) WHERE batch IS NOT NULL;

        -- What offers its recipient something to answer with, whether lists have it or not.
        CREATE TABLE app_offer (
            owner BIGINT NOT NULL REFERENCES owner (id),
            sender TEXT COLLATE "C" NOT NULL,
            recipient TEXT COLLATE "C" NOT NULL,
            offered_at BIGINT NOT NULL,
            batch TEXT COLLATE "C" NOT NULL REFERENCES batch (id),
            PRIMARY KEY (owner, sender, recipient, offered_at, batch)
        ) WITH (\(isBusy));

        CREATE INDEX app_offer_age ON app_offer (offered_at);
        CREATE INDEX app_offer_of_batch ON app_offer (batch);
        """
}
