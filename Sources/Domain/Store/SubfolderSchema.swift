/// Step seven of the schema: folders below the top level, with the key's columns first.
///
/// SQLite 3.40.1, Debian 12's, takes a column for NULL in its check that stands before one of the key and is the
/// last of a table WITHOUT ROWID: with one such folder a whole database was taken for damaged.
extension Schema {
    static let subfolders = """
        CREATE TABLE subfolder_by_key (
          folder   INTEGER NOT NULL REFERENCES folder,
          path_key TEXT    NOT NULL,             -- as names are told apart
          path     TEXT    NOT NULL,             -- with '/'
          PRIMARY KEY (folder, path_key)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO subfolder_by_key (folder, path_key, path) SELECT folder, path_key, path FROM subfolder;
        DROP TABLE subfolder;
        ALTER TABLE subfolder_by_key RENAME TO subfolder;

        """
}
