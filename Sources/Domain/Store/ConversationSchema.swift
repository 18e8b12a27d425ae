/// Step four of the schema: mail that belongs together, and what staff do with it.
extension Schema {
    static let conversations = conversation + ownState + takingBack

    private static let conversation = """
        -- Mail that belongs together: of one account, or of one stranger. What the list shows stands here
        -- itself, so that a page of it is one walk along an index.
        CREATE TABLE conversation (
          id          INTEGER PRIMARY KEY AUTOINCREMENT,
          account     INTEGER REFERENCES account, -- never of two; null: nobody's yet
          counterpart TEXT,                      -- the other side's address, as compared
          source      TEXT,                      -- [mailbox.NAME] of all of it; null: of several, or of none
          subject     TEXT    NOT NULL,          -- of its latest message
          subject_key TEXT    NOT NULL,          -- without Re: and the like, case-folded
          state       TEXT    NOT NULL CHECK (state IN ('open','waiting','snoozed','done')),
          until       INTEGER,                   -- of snoozed: when it wakes; null: with the next mail
          assigned    INTEGER REFERENCES staff,
          first       INTEGER NOT NULL,          -- when the oldest and the newest of it came
          latest      INTEGER NOT NULL,
          heard       INTEGER,                   -- when the other side last wrote
          arrived     INTEGER NOT NULL DEFAULT 0, -- when something last came that is to be read: see seen
          people      TEXT    NOT NULL,          -- who the other side is, as lists say it
          snippet     TEXT    NOT NULL DEFAULT '',
          direction   TEXT    NOT NULL CHECK (direction IN ('in','out')),
          files       INTEGER NOT NULL DEFAULT 0, -- attachments, filed or not
          is_other    INTEGER NOT NULL           -- bulk mail of strangers alone
        ) STRICT;
        CREATE INDEX conversation_list ON conversation (is_other, state, latest, id);
        CREATE INDEX conversation_assigned ON conversation (assigned, latest, id)
          WHERE state = 'open' AND is_other = 0;
        CREATE INDEX conversation_account ON conversation (account, latest, id) WHERE account IS NOT NULL;
        CREATE INDEX conversation_subject ON conversation (counterpart, subject_key, latest);
        CREATE INDEX conversation_wakes ON conversation (until) WHERE state = 'snoozed';

        ALTER TABLE message ADD COLUMN conversation INTEGER REFERENCES conversation;
        ALTER TABLE message ADD COLUMN snippet TEXT; -- its first words
        ALTER TABLE message ADD COLUMN source TEXT;  -- where it came; null: by several, or it is ours
        CREATE INDEX message_conversation ON message (conversation, received);
        -- Of databases from before there were conversations: see Threading.
        CREATE INDEX message_unthreaded ON message (id) WHERE conversation IS NULL;

        ALTER TABLE event ADD COLUMN conversation INTEGER REFERENCES conversation;
        CREATE INDEX event_conversation ON event (conversation);
        CREATE INDEX event_request ON event (request) WHERE request IS NOT NULL;

        -- What staff write to each other; the client never sees it.
        CREATE TABLE note (
          id           INTEGER PRIMARY KEY AUTOINCREMENT,
          conversation INTEGER NOT NULL REFERENCES conversation,
          author       INTEGER NOT NULL REFERENCES staff,
          at           INTEGER NOT NULL,
          text         TEXT    NOT NULL
        ) STRICT;
        CREATE INDEX note_conversation ON note (conversation);

        """

    private static let ownState = """
        -- How far each has read. Without a row it is from the day they joined: so a message
        -- costs nothing for each colleague, however many there are.
        CREATE TABLE seen (
          conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
          staff        INTEGER NOT NULL REFERENCES staff,
          at           INTEGER NOT NULL,         -- conversation.arrived then; -1: unread whatever came
          PRIMARY KEY (conversation, staff)
        ) STRICT, WITHOUT ROWID;

        """

    private static let takingBack = """
        -- Deeds that can be taken back, with how each conversation was before.
        CREATE TABLE undo (
          id     INTEGER PRIMARY KEY AUTOINCREMENT,
          staff  INTEGER NOT NULL REFERENCES staff,
          at     INTEGER NOT NULL,
          action TEXT    NOT NULL,
          used   INTEGER
        ) STRICT;
        CREATE TABLE undo_conversation (
          undo         INTEGER NOT NULL REFERENCES undo,
          conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
          state        TEXT    NOT NULL,
          until        INTEGER,
          assigned     INTEGER,
          seen         INTEGER,                  -- null: no row
          PRIMARY KEY (undo, conversation)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX undo_conversation_conversation ON undo_conversation (conversation);

        """
}
