/// Step four of the schema: staff, how they sign in, and what each of them may see.
extension Schema {
    static let people = staffMembers + signIns + viewers

    private static let staffMembers = """
        -- Staff. Who is gone is disabled, never deleted: the audit names them.
        CREATE TABLE staff (
          id        INTEGER PRIMARY KEY AUTOINCREMENT,
          login     TEXT    NOT NULL UNIQUE,      -- what they sign in with, lower case: 'jana'
          name      TEXT    NOT NULL,
          email     TEXT,
          role      TEXT    NOT NULL CHECK (role IN ('owner','member')),
          language  TEXT    NOT NULL CHECK (language IN ('de','ja','en')),
          theme     TEXT    NOT NULL DEFAULT 'system' CHECK (theme IN ('system','light','dark')),
          density   TEXT    NOT NULL DEFAULT 'comfortable'
                    CHECK (density IN ('comfortable','compact','list')),
          shortcuts INTEGER NOT NULL DEFAULT 1,   -- keys without Ctrl; 0: switched off
          disabled  INTEGER,                      -- when; null: may sign in
          created   INTEGER NOT NULL,
          password  TEXT,                         -- of crypt(5), yescrypt; null: by link or proxy alone
          totp      BLOB,                         -- the key of RFC 6238; null: no second factor
          totp_step INTEGER                       -- the last step that signed somebody in: none is taken twice
        ) STRICT;

        -- One-time words for the day the telephone is lost.
        CREATE TABLE recovery_code (
          staff INTEGER NOT NULL REFERENCES staff,
          code  BLOB    NOT NULL,                 -- SHA-256
          PRIMARY KEY (staff, code)
        ) STRICT, WITHOUT ROWID;

        """

    private static let signIns = """
        CREATE TABLE session (
          id        INTEGER PRIMARY KEY AUTOINCREMENT,
          token     BLOB    NOT NULL UNIQUE,      -- SHA-256 of what the browser keeps
          staff     INTEGER NOT NULL REFERENCES staff,
          csrf      BLOB    NOT NULL,             -- the key its forms are marked with
          way       TEXT    NOT NULL CHECK (way IN ('password','link','proxy')),
          pending   INTEGER NOT NULL DEFAULT 0,   -- 1: the password was right, the second factor is missing
          device    TEXT    NOT NULL,             -- 'Firefox, Linux'
          network   TEXT    NOT NULL,
          created   INTEGER NOT NULL,
          last_seen INTEGER NOT NULL,
          expires   INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX session_staff ON session (staff);

        -- Links that sign in once. One without a member leads through making the first owner.
        CREATE TABLE login_link (
          token   BLOB    NOT NULL PRIMARY KEY,   -- SHA-256
          staff   INTEGER REFERENCES staff,
          made_by TEXT    NOT NULL,
          created INTEGER NOT NULL,
          expires INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- Browsers that a member has signed in with: what strangers try does not slow these down.
        CREATE TABLE known_device (
          token     BLOB    NOT NULL PRIMARY KEY, -- SHA-256
          staff     INTEGER NOT NULL REFERENCES staff,
          created   INTEGER NOT NULL,
          last_used INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX known_device_staff ON known_device (staff);

        -- Tries that failed, or are not over yet, by who made them.
        CREATE TABLE sign_in_try (
          bucket   BLOB    NOT NULL PRIMARY KEY,  -- SHA-256 of what it counts: no name, no address
          failures INTEGER NOT NULL,
          last     INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sign_in_try_last ON sign_in_try (last);

        """

    private static let viewers = """
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

        CREATE INDEX audit_at ON audit (at);
        CREATE INDEX audit_actor ON audit (actor, at);

        """
}
