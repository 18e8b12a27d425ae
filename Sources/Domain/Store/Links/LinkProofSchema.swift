/// Step seven of the schema: what a link asks of whoever comes by it, and who has shown it.
extension Schema {
    static let linkProofs = """
        ALTER TABLE request_recipient ADD COLUMN proof TEXT NOT NULL DEFAULT 'none'
          CHECK (proof IN ('none','code','login'));
        ALTER TABLE share_recipient ADD COLUMN proof TEXT NOT NULL DEFAULT 'none'
          CHECK (proof IN ('none','code','login'));

        -- A code that went to a link's address; kept for a day, for so long it counts.
        CREATE TABLE link_code (
          id                INTEGER PRIMARY KEY AUTOINCREMENT,
          request_recipient INTEGER REFERENCES request_recipient,
          share_recipient   INTEGER REFERENCES share_recipient,
          generation        INTEGER NOT NULL,    -- of the link
          code              BLOB    NOT NULL,    -- keyed hash: see LinkCode
          tries             INTEGER NOT NULL DEFAULT 0,
          sent              INTEGER NOT NULL,
          is_over           INTEGER NOT NULL DEFAULT 0, -- used, or another was sent
          CHECK ((request_recipient IS NULL) <> (share_recipient IS NULL))
        ) STRICT;
        CREATE INDEX link_code_request ON link_code (request_recipient, id);
        CREATE INDEX link_code_share ON link_code (share_recipient, id);

        -- A browser that gave the right one.
        CREATE TABLE link_proof (
          token             BLOB    NOT NULL PRIMARY KEY, -- SHA-256 of what its cookie says
          request_recipient INTEGER REFERENCES request_recipient,
          share_recipient   INTEGER REFERENCES share_recipient,
          generation        INTEGER NOT NULL,
          at                INTEGER NOT NULL,
          CHECK ((request_recipient IS NULL) <> (share_recipient IS NULL))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX link_proof_request ON link_proof (request_recipient);
        CREATE INDEX link_proof_share ON link_proof (share_recipient);

        """
}
