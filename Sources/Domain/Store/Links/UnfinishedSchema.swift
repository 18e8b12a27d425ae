/// Step six of the schema: files of clients of which a part has come.
extension Schema {
    static let unfinishedUploads = """
        -- Its octets lie in content/unfinished, under the same name.
        CREATE TABLE unfinished_upload (
          id      TEXT    PRIMARY KEY,           -- as its sender knows it, and nobody else
          sitting INTEGER NOT NULL REFERENCES sitting,
          item    INTEGER REFERENCES request_item ON DELETE SET NULL,
          name    TEXT    NOT NULL,
          octets  INTEGER NOT NULL,              -- that it will have
          last    INTEGER NOT NULL,              -- when a piece of it came, to the hour
          boot    INTEGER NOT NULL,              -- when the kernel began that has its octets in memory
          durable INTEGER NOT NULL DEFAULT 0,    -- octets that are on the disk whatever happened since
          sha256  BLOB                           -- it is filed: kept for whoever did not hear the answer
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX unfinished_upload_sitting ON unfinished_upload (sitting);

        """
}
