/// Step five of the schema: whose mail was before staff gave it to another account.
extension Schema {
    static let accountChanges = """
        CREATE TABLE undo_message (
          undo         INTEGER NOT NULL REFERENCES undo,
          message      INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
          account      INTEGER,                  -- null: nobody's
          match        TEXT    NOT NULL,
          match_reason TEXT    NOT NULL,
          contact      INTEGER,
          into_intake  INTEGER NOT NULL,
          remembered   TEXT,                     -- the address that speaks for the other account since, as compared
          PRIMARY KEY (undo, message)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX undo_message_message ON undo_message (message);
        -- Where its documents lay.
        CREATE TABLE undo_document (
          undo     INTEGER NOT NULL REFERENCES undo,
          document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
          folder   TEXT    NOT NULL,             -- with what is below it
          PRIMARY KEY (undo, document)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX undo_document_document ON undo_document (document);

        """
}
