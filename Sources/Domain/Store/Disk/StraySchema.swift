/// Step seven of the schema: what staff are asked of the disk.
extension Schema {
    static let diskQuestions = """
        -- A file in an account's directory with the octets of another account's document: staff say whose it is.
        CREATE TABLE stray_file (
          id       INTEGER PRIMARY KEY AUTOINCREMENT,
          account  INTEGER NOT NULL REFERENCES account,   -- whose directory it lies in
          path     TEXT    NOT NULL,                      -- below that, the folder first
          document INTEGER NOT NULL REFERENCES document,  -- whose octets it has
          is_moved INTEGER NOT NULL,                      -- that one's own file was gone
          sha256   BLOB    NOT NULL,
          inode    INTEGER NOT NULL,                      -- of the file that was read, as disk_mark has it
          octets   INTEGER NOT NULL,
          modified INTEGER NOT NULL,
          since    INTEGER NOT NULL,
          later    INTEGER,                               -- staff are not to be asked before
          allowed  INTEGER NOT NULL DEFAULT 0,            -- 1: somebody said that it belongs here
          UNIQUE (account, path)
        ) STRICT;
        CREATE INDEX stray_file_document ON stray_file (document);

        ALTER TABLE disk_report ADD COLUMN later INTEGER; -- staff are not to be asked before

        """
}
