/// Step four of the schema: staff, and what each of them may see.
extension Schema {
    static let people = """
        -- Staff. Who is gone is disabled, never deleted: the audit names them.
        CREATE TABLE staff (
          id       INTEGER PRIMARY KEY AUTOINCREMENT,
          login    TEXT    NOT NULL UNIQUE,      -- what they sign in with, lower case: 'jana'
          name     TEXT    NOT NULL,
          email    TEXT,
          role     TEXT    NOT NULL CHECK (role IN ('owner','member')),
          language TEXT    NOT NULL CHECK (language IN ('de','ja','en')),
          disabled INTEGER,                      -- when; null: may sign in
          created  INTEGER NOT NULL
        ) STRICT;

        -- Accounts that named staff alone may see; an account without a row is everybody's.
        CREATE TABLE account_viewer (
          account INTEGER NOT NULL REFERENCES account,
          staff   INTEGER NOT NULL REFERENCES staff,
          PRIMARY KEY (account, staff)
        ) STRICT, WITHOUT ROWID;

        -- Sources ([mailbox.NAME]) that named staff alone may see.
        CREATE TABLE source_viewer (
          source  TEXT    NOT NULL,
          staff   INTEGER NOT NULL REFERENCES staff,
          PRIMARY KEY (source, staff)
        ) STRICT, WITHOUT ROWID;

        -- What is hidden from whom, as every query of the pages asks.
        CREATE VIEW hidden_account (staff, account) AS
          SELECT staff.id, v.account FROM (SELECT DISTINCT account FROM account_viewer) v, staff
          WHERE NOT EXISTS (SELECT 1 FROM account_viewer w WHERE w.account = v.account AND w.staff = staff.id);
        CREATE VIEW hidden_source (staff, source) AS
          SELECT staff.id, v.source FROM (SELECT DISTINCT source FROM source_viewer) v, staff
          WHERE NOT EXISTS (SELECT 1 FROM source_viewer w WHERE w.source = v.source AND w.staff = staff.id);

        """
}
