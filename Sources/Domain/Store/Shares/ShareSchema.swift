/// Step six of the schema: documents that are for somebody to look at, and who did.
extension Schema {
    static let shares = """
        CREATE TABLE share (
          id       INTEGER PRIMARY KEY AUTOINCREMENT,
          account  INTEGER NOT NULL REFERENCES account,
          text     TEXT    NOT NULL,             -- the message that each recipient reads
          language TEXT    NOT NULL CHECK (language IN ('de','ja','en')),
          author   TEXT    NOT NULL,             -- who shares, as the recipient reads it
          created  INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX share_account ON share (account);

        CREATE TABLE share_document (
          share    INTEGER NOT NULL REFERENCES share,
          document INTEGER NOT NULL REFERENCES document,
          place    INTEGER NOT NULL,
          sha256   BLOB    NOT NULL,             -- what it was when it was shared
          PRIMARY KEY (share, document)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX share_document_document ON share_document (document);

        -- Each has a link of their own, and sees none of the others.
        CREATE TABLE share_recipient (
          id         INTEGER PRIMARY KEY AUTOINCREMENT,
          share      INTEGER NOT NULL REFERENCES share,
          place      INTEGER NOT NULL,
          name       TEXT,
          address    TEXT    NOT NULL,
          key        TEXT    NOT NULL,           -- the address as compared
          contact    INTEGER REFERENCES contact ON DELETE SET NULL,
          generation INTEGER NOT NULL DEFAULT 0, -- raised: the links before are void
          expires    INTEGER NOT NULL,
          revoked    INTEGER,
          UNIQUE (share, place),
          UNIQUE (share, key)
        ) STRICT;

        -- What people did by a link, as well as they can be told from programs.
        CREATE TABLE share_use (
          recipient INTEGER NOT NULL REFERENCES share_recipient,
          action    TEXT    NOT NULL CHECK (action IN ('opened','downloaded')),
          document  INTEGER REFERENCES document, -- null: the page, or all of it
          at        INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX share_use_recipient ON share_use (recipient, action, at);

        ALTER TABLE letter ADD COLUMN share_recipient INTEGER REFERENCES share_recipient;
        CREATE INDEX letter_share ON letter (share_recipient) WHERE share_recipient IS NOT NULL;
        ALTER TABLE event ADD COLUMN share INTEGER REFERENCES share;
        CREATE INDEX event_share ON event (share) WHERE share IS NOT NULL;

        -- Guests had the firm's folders as they are for clients: nobody but the firm is to see theirs.
        UPDATE folder SET access = 'private' WHERE account IN (SELECT id FROM account WHERE type = 'guest');

        """
}
