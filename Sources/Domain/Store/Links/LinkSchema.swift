/// Step five of the schema: who came by a link, and what they sent.
extension Schema {
    static let links = """
        -- One browser at one link; it is remembered from the first thing that it did.
        CREATE TABLE sitting (
          id         INTEGER PRIMARY KEY AUTOINCREMENT,
          request    INTEGER NOT NULL REFERENCES request,
          recipient  INTEGER REFERENCES request_recipient, -- null: it came by the open link
          generation INTEGER NOT NULL,           -- of the link
          token_hash BLOB    NOT NULL,           -- SHA-256 of what the browser's cookie says
          name       TEXT,                       -- of an open link: as typed; likewise address
          address    TEXT,
          language   TEXT    NOT NULL CHECK (language IN ('de','ja','en')),
          began      INTEGER NOT NULL,
          last       INTEGER NOT NULL,
          message    INTEGER REFERENCES message  -- as which staff see what it sends; null: the next begins one
        ) STRICT;
        CREATE UNIQUE INDEX sitting_token ON sitting (token_hash, request, coalesce(recipient, 0));
        CREATE INDEX sitting_request ON sitting (request);

        -- A file as it was sent: what became of it, and of what was in it, says the ledger.
        CREATE TABLE upload (
          id      INTEGER PRIMARY KEY AUTOINCREMENT,
          sitting INTEGER NOT NULL REFERENCES sitting,
          part    INTEGER NOT NULL UNIQUE REFERENCES part,
          item    INTEGER REFERENCES request_item, -- what it is, as its sender says
          at      INTEGER NOT NULL,
          letter  INTEGER REFERENCES letter      -- the receipt that lists it
        ) STRICT;
        CREATE INDEX upload_sitting ON upload (sitting);
        CREATE INDEX upload_item ON upload (item) WHERE item IS NOT NULL;
        CREATE INDEX upload_unreceipted ON upload (at) WHERE letter IS NULL;

        """
}
