/// Step four of the schema: letters that staff are writing.
extension Schema {
    static let drafts = """
        -- A letter that somebody is writing. One that was sent stays until it can't be taken back any more.
        CREATE TABLE draft (
          id         INTEGER PRIMARY KEY AUTOINCREMENT,
          staff      INTEGER NOT NULL REFERENCES staff,
          kind       TEXT    NOT NULL CHECK (kind IN ('new','reply','forward','forward_as_file')),
          message    INTEGER REFERENCES message ON DELETE CASCADE, -- what it answers or passes on
          account    INTEGER REFERENCES account, -- of a new one: from whose page it was begun
          mailbox    TEXT,                       -- [mailbox.NAME] it is to leave by; null: the firm's address
          recipients TEXT    NOT NULL,           -- as typed, so perhaps not right yet; likewise cc
          cc         TEXT    NOT NULL,
          subject    TEXT    NOT NULL,
          text       TEXT    NOT NULL,
          opened     INTEGER NOT NULL,           -- whoever answered since then is named before it is sent
          changed    INTEGER NOT NULL,
          letter     INTEGER REFERENCES letter   -- what became of it, while that can be taken back
        ) STRICT;
        CREATE INDEX draft_staff ON draft (staff, message);
        CREATE INDEX draft_letter ON draft (letter) WHERE letter IS NOT NULL;

        CREATE TABLE draft_file (
          id         INTEGER PRIMARY KEY AUTOINCREMENT,
          draft      INTEGER NOT NULL REFERENCES draft ON DELETE CASCADE,
          document   INTEGER REFERENCES document ON DELETE CASCADE, -- a filed one; null: an upload
          name       TEXT    NOT NULL,
          media_type TEXT    NOT NULL,
          octets     INTEGER NOT NULL,
          sha256     BLOB    NOT NULL REFERENCES content
        ) STRICT;
        CREATE INDEX draft_file_draft ON draft_file (draft);

        """
}
