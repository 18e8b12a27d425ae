/// Step seven of the schema: what clients put into folders, in pieces too, and which receipt lists it.
extension Schema {
    static let clientUploads = """
        -- As before, and of whom it is that is signed in.
        CREATE TABLE unfinished_of_anybody (
          id      TEXT    PRIMARY KEY,           -- as its sender knows it, and nobody else
          sitting INTEGER REFERENCES sitting,    -- of a link; else of a client who is signed in:
          item    INTEGER REFERENCES request_item ON DELETE SET NULL,
          contact INTEGER REFERENCES contact ON DELETE CASCADE,
          key     TEXT,                          -- their address
          account INTEGER REFERENCES account,
          folder  INTEGER REFERENCES folder,
          path    TEXT,
          name    TEXT    NOT NULL,
          octets  INTEGER NOT NULL,              -- that it will have
          last    INTEGER NOT NULL,              -- when a piece of it came, to the hour
          boot    INTEGER NOT NULL,              -- when the kernel began that has its octets in memory
          durable INTEGER NOT NULL DEFAULT 0,    -- octets that are on the disk whatever happened since
          sha256  BLOB,                          -- it is filed: kept for whoever did not hear the answer
          outcome TEXT,                          -- likewise, in a folder
          CHECK ((sitting IS NULL) <> (contact IS NULL))
        ) STRICT, WITHOUT ROWID;
        INSERT INTO unfinished_of_anybody (id, sitting, item, name, octets, last, boot, durable, sha256)
          SELECT id, sitting, item, name, octets, last, boot, durable, sha256 FROM unfinished_upload;
        DROP TABLE unfinished_upload;
        ALTER TABLE unfinished_of_anybody RENAME TO unfinished_upload;
        CREATE INDEX unfinished_upload_sitting ON unfinished_upload (sitting) WHERE sitting IS NOT NULL;
        CREATE INDEX unfinished_upload_contact ON unfinished_upload (contact) WHERE contact IS NOT NULL;

        -- A file that a client put into a folder: what became of it, and of what was in it, says the ledger.
        CREATE TABLE client_upload (
          id      INTEGER PRIMARY KEY AUTOINCREMENT,
          contact INTEGER REFERENCES contact ON DELETE SET NULL,
          key     TEXT    NOT NULL,              -- of the address that was signed in
          account INTEGER NOT NULL REFERENCES account,
          folder  TEXT    NOT NULL,              -- as it was called
          part    INTEGER NOT NULL UNIQUE REFERENCES part,
          at      INTEGER NOT NULL,
          letter  INTEGER REFERENCES letter      -- the receipt that lists it
        ) STRICT;
        CREATE INDEX client_upload_sender ON client_upload (key, account, at);
        CREATE INDEX client_upload_unreceipted ON client_upload (at) WHERE letter IS NULL;

        -- Put into a folder by a client: no origin of step four says so.
        ALTER TABLE document ADD COLUMN from_client INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE document_version ADD COLUMN from_client INTEGER NOT NULL DEFAULT 0;
        UPDATE document SET from_client = 1 WHERE origin = 'upload' AND message IN (
          SELECT id FROM message WHERE match_reason = 'a client put it into their folder'
          UNION SELECT message FROM client_notice);

        -- The highest number that an item of it had which was withdrawn.
        ALTER TABLE request ADD COLUMN last_item INTEGER NOT NULL DEFAULT 0;

        """
}
