/// Step six of the schema: documents as they lie on the disk, where staff edit them there.
extension Schema {
    static let disk = """
        -- The file of a document when it was last seen with the document's octets: what differs is to be read.
        CREATE TABLE disk_mark (
          document INTEGER PRIMARY KEY REFERENCES document,
          inode    INTEGER NOT NULL,
          octets   INTEGER NOT NULL,
          modified INTEGER NOT NULL              -- nanoseconds since 1970
        ) STRICT;

        -- What was found on the disk and needs a person, as of the last look.
        CREATE TABLE disk_report (
          path     TEXT    PRIMARY KEY,          -- below documents/
          account  INTEGER REFERENCES account,   -- null: of none
          kind     TEXT    NOT NULL CHECK (kind IN
                   ('gone','stranger','loose','closed','name','changed','foreign','watch','room')),
          count    INTEGER NOT NULL DEFAULT 1,   -- of documents, or of names
          since    INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- Put there by somebody in the directory itself: no origin of step four says so.
        ALTER TABLE document ADD COLUMN from_disk INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE document_version ADD COLUMN from_disk INTEGER NOT NULL DEFAULT 0;

        """
}
