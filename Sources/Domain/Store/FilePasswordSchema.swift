/// Step five of the schema: passwords that open what clients encrypt.
extension Schema {
    static let filePasswords = """
        -- Sealed with a key that lies outside of this database: see LinkKey.filePasswords.
        CREATE TABLE file_password (
          id      INTEGER PRIMARY KEY AUTOINCREMENT,
          account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
          sealed  BLOB    NOT NULL,
          by      TEXT    NOT NULL,
          at      INTEGER NOT NULL                 -- when it was given, or opened something the last time
        ) STRICT;
        CREATE INDEX file_password_account ON file_password (account);

        -- Which password was tried on which part by itself: once.
        CREATE TABLE file_password_try (
          part     INTEGER NOT NULL REFERENCES part ON DELETE CASCADE,
          password INTEGER NOT NULL REFERENCES file_password ON DELETE CASCADE,
          PRIMARY KEY (part, password)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX file_password_tried ON file_password_try (password);
        -- Which mail's text was looked through for a password of which part.
        CREATE TABLE file_password_mail (
          part    INTEGER NOT NULL REFERENCES part ON DELETE CASCADE,
          message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
          PRIMARY KEY (part, message)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX file_password_mail_message ON file_password_mail (message);
        CREATE INDEX part_locked ON part (message)
          WHERE state = 'needs_filing' AND (encrypted = 1 OR unwrapping = 'encrypted');

        """
}
