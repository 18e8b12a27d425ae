/// Step four of the schema: documents as staff change them.
extension Schema {
    static let versions = """
        -- How a document came: what was there before came by mail.
        ALTER TABLE document ADD COLUMN origin TEXT NOT NULL DEFAULT 'mail'
          CHECK (origin IN ('mail','staff','upload'));
        ALTER TABLE document ADD COLUMN filed_by TEXT;    -- who uploaded it; null: Mailroom filed it
        ALTER TABLE document ADD COLUMN trashed_by TEXT;  -- null where trashed: taken out, and asked about again
        CREATE INDEX document_filed ON document (filed) WHERE trashed IS NULL;

        -- What a document was before. Octets stay in content/ as long as documents are kept.
        CREATE TABLE document_version (
          document    INTEGER NOT NULL REFERENCES document,
          number      INTEGER NOT NULL,          -- from 1; the document itself is the one after the last
          sha256      BLOB    NOT NULL REFERENCES content,
          octets      INTEGER NOT NULL,
          message     INTEGER REFERENCES message,
          section     TEXT,
          origin      TEXT    NOT NULL CHECK (origin IN ('mail','staff','upload')),
          filed       INTEGER NOT NULL,
          filed_by    TEXT,
          replaced    INTEGER NOT NULL,
          replaced_by TEXT    NOT NULL,
          PRIMARY KEY (document, number)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX document_version_content ON document_version (sha256);

        -- Uploads whose octets the account had already.
        CREATE TABLE document_sighting (
          id       INTEGER PRIMARY KEY AUTOINCREMENT,
          document INTEGER NOT NULL REFERENCES document,
          name     TEXT    NOT NULL,             -- as it was called this time
          at       INTEGER NOT NULL,
          by       TEXT    NOT NULL
        ) STRICT;
        CREATE INDEX document_sighting_document ON document_sighting (document);

        -- Folders below the top level that are there without a document.
        CREATE TABLE subfolder (
          folder   INTEGER NOT NULL REFERENCES folder,
          path     TEXT    NOT NULL,             -- with '/'
          path_key TEXT    NOT NULL,             -- as names are told apart
          PRIMARY KEY (folder, path_key)
        ) STRICT, WITHOUT ROWID;

        -- Removed by staff: its documents are in the trash, and its name is free again.
        ALTER TABLE folder ADD COLUMN removed INTEGER;

        -- What lies at the old place: the document itself, what it was before, or nothing, for it comes from the trash.
        ALTER TABLE document_move ADD COLUMN kind TEXT NOT NULL DEFAULT 'moved'
          CHECK (kind IN ('moved','replaced','restored'));

        ALTER TABLE account ADD COLUMN notes TEXT NOT NULL DEFAULT '';  -- the firm's own

        """
}
